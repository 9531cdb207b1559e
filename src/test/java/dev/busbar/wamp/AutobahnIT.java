package dev.busbar.wamp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.Requirement;
import dev.busbar.testing.broker.EmbeddedBrokerJ;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Python's autobahn, the client library of Buildbot, works with the router. */
class AutobahnIT extends WampFixture {

    private final List<JsonArray> told = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    AutobahnIT() {
        super(EmbeddedBrokerJ.shared());
    }

    @Test
    void aForeignClientDoesAllThatABrokerOffers() throws Exception {
        serve();
        var client = client();

        hears(null);

        leaves(client);
    }

    @Test
    void itProvesWhoItIs() throws Exception {
        start(config(
                "{'users': {'alice': {'secret': 'wonder', 'role': 'masters'}}}",
                "{'masters': {'listen': ['mq:builds.#'], 'produce': ['mq:#']}}"));
        var client = client("alice", "wonder");

        hears("wampcra");

        leaves(client);
    }

    private void hears(String method) {
        var two = new JsonArray().add(1).add("two");
        var key = new JsonObject().put("key", "é");
        var one = new JsonArray().add(new JsonObject().put("buildid", 1));
        var last = new JsonArray().add("last");
        var none = new JsonObject();
        var topic1 = PREFIX + "builds.1.new";
        var topic2 = PREFIX + "builds.2.new";
        eventually(() -> assertThat(told)
                .as(() -> String.join("\n", complaints))
                .containsExactlyInAnyOrder(
                        line("joined", method),
                        line("published", true),
                        line("exact", one, none, topic1),
                        line("wildcard", one, none, topic1),
                        line("prefix", one, none, topic1),
                        line("wildcard", two, key, topic2),
                        line("prefix", two, key, topic2),
                        line("refused", "wamp.error.invalid_uri"),
                        line("wildcard", last, none, topic1),
                        line("prefix", last, none, topic1)));
        told.clear();
    }

    private void leaves(Process client) throws Exception {
        client.outputWriter().append('\n').flush();

        assertThat(client.waitFor(30, TimeUnit.SECONDS)).isTrue();
        eventually(() -> assertThat(told).containsExactly(line("left", "wamp.close.goodbye_and_out")));
        eventually(() -> assertThat(wamp.counts().sockets()).isZero());
    }

    private static JsonArray line(Object... items) {
        var line = new JsonArray();
        for (var item : items) {
            line.add(item);
        }
        return line;
    }

    private Process client(String... user) throws IOException {
        var command = new ArrayList<>(List.of(
                Requirement.python("autobahn", "python3-autobahn").orSkip().toString(),
                Path.of("src/test/resources/autobahn/client.py").toString(),
                url().replaceFirst("^http", "ws") + "/wamp"));
        command.addAll(List.of(user));
        var client = new ProcessBuilder(command).start();
        read(client);
        return client;
    }

    private void read(Process client) {
        new Thread(() -> client.inputReader().lines().forEach(line -> told.add(new JsonArray(line)))).start();
        new Thread(() -> client.errorReader().lines().forEach(complaints::add)).start();
    }
}
