package dev.busbar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownArgumentsTest {

    private static Map<String, Object> read(String name, Object value) {
        return new QueueConfig("q", QueueLife.PERSISTENT, QueueType.CLASSIC, Map.of(name, value)).arguments();
    }

    @ParameterizedTest
    @CsvSource({
        "x-max-length, 1000, 1000",
        "x-max-length-bytes, 4294967296, 4294967296",
        "x-message-ttl, 0, 0",
        "x-delivery-limit, -1, -1",
        "x-max-priority, ' 10 ', 10",
        "x-consumer-disconnected-timeout, 5000, 5000",
        "x-delayed-retry-min, 1000, 1000",
        "x-delayed-retry-max, 60000, 60000",
        "x-stream-offset, 17, 17",
    })
    void aNumberMayBeText(String name, String text, long number) {
        assertThat(((Number) read(name, text).get(name)).longValue()).isEqualTo(number);
        assertThat(read(name, text)).isEqualTo(read(name, number)).isEqualTo(read(name, (double) number));
    }

    @Test
    void aBooleanMayBeText() {
        assertThat(read("x-single-active-consumer", "true")).containsEntry("x-single-active-consumer", true);
        assertThat(read("x-single-active-consumer", "False")).containsEntry("x-single-active-consumer", false);
    }

    @Test
    void textStaysTextWhereNoNumberIsWanted() {
        assertThat(read("x-dead-letter-routing-key", "17")).containsEntry("x-dead-letter-routing-key", "17");
        assertThat(read("x-stream-offset", "first")).containsEntry("x-stream-offset", "first");
        assertThat(read("x-of-a-plugin", "17")).containsEntry("x-of-a-plugin", "17");
        assertThat(read("maximumQueueDepthMessages", "17")).containsEntry("maximumQueueDepthMessages", "17");
    }

    @ParameterizedTest
    @CsvSource({
        "x-max-length, many, whole number",
        "x-max-length, '', whole number",
        "x-max-length, 1.5, whole number",
        "x-max-length, -1, less than 0",
        "x-max-length, 99999999999999999999, whole number",
        "x-max-priority, 256, from 0 to 255",
        "x-expires, 0, from 1 to",
        "x-message-ttl, 4294967296, from 0 to",
        "x-delivery-limit, -2, less than -1",
        "x-single-active-consumer, yes, true or false",
        "x-overflow, drop-tail, drop-head",
        "x-max-age, 7 days, not an age",
    })
    void whatTheBrokerWouldNotTakeIsRefusedByName(String name, String text, String problem) {
        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> read(name, text))
                .satisfies(refused -> assertThat(refused.problems())
                        .singleElement()
                        .satisfies(it -> {
                            assertThat(it.path()).isEqualTo("arguments." + name);
                            assertThat(it.message()).contains(problem);
                        }));
    }

    @Test
    void aTextIsWantedWhereNamesAre() {
        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> read("x-dead-letter-routing-key", 17))
                .withMessageContaining("must be a text");
    }

    @Test
    void allOfThemAreReportedWithTheirPlaces() {
        assertThat(Loading.problems(Loading.routes("{name: r, from: {filter: a, queue: {name: q, arguments:"
                        + " {x-max-length: '${MAX:-some}', x-expires: '${GONE:-0}', x-max-priority: '${P:-9}'}}},"
                        + " to: {address: x}}")))
                .extracting(Problem::path)
                .containsExactly(
                        "routes[0].from.queue.arguments.x-max-length", "routes[0].from.queue.arguments.x-expires");
    }
}
