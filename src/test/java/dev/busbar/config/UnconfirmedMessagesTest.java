package dev.busbar.config;

import static dev.busbar.config.Loading.routes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnconfirmedMessagesTest {

    private static String out(String name, String buffer) {
        return "{name: " + name + ", from: {address: a}, to: {key: k}, buffer: " + buffer + "}";
    }

    private static String boundOf(String yaml) {
        return UnconfirmedMessages.boundOf(Loading.config(yaml));
    }

    @Test
    void whoPublishesNothingLosesNothing() {
        assertThat(boundOf(routes("{name: in, from: {queue: q}, to: {address: a}}")))
                .isEmpty();
    }

    @Test
    void eachRouteHasItsOwnBound() {
        assertThat(boundOf(routes(out("one", "{}"), out("two", "{messages: 5, bytes: 3MiB}"))))
                .isEqualTo("If this process is killed, messages that no broker has confirmed are lost: at most"
                        + " 10000 (64MiB) of route 'one', 5 (3MiB) of route 'two'.");
    }

    @Test
    void manyRoutesAreSummedUp() {
        var many = IntStream.range(0, 8)
                .mapToObj(i -> out("r" + i, "{messages: 10, bytes: 1MiB}"))
                .toArray(String[]::new);
        assertThat(boundOf(routes(many))).endsWith("10 (1MiB) of route 'r4', 30 (3MiB) of 3 more routes.");
    }

    @Test
    void browsersMastersAndProgramsShareOneBound() {
        var shared = "10000 (64MiB) of browsers, masters and programs.";
        assertThat(boundOf("web: {anonymous: all, roles: {all: {produce: ['mq:#']}}}"))
                .endsWith(shared);
        assertThat(boundOf("wamp: {enabled: true, anonymous: all}\nweb: {roles: {all: {}}}"))
                .endsWith(shared);
        assertThat(boundOf("subscriptions: {control: {enabled: true}}")).endsWith(shared);
        assertThat(boundOf("web: {anonymous: all, roles: {all: {listen: ['mq:#']}}}"))
                .isEmpty();
    }
}
