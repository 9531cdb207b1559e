package dev.busbar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.MultiMap;
import io.vertx.core.eventbus.DeliveryOptions;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** As many headers as a frame holds are read and written in one pass, because other clients share the event loop. */
@Timeout(60)
class ManyHeadersTest {

    /** So many headers fill, with their types, nearly a frame of 1 MiB. */
    private static final int COUNT = 35_000;

    /** A slow machine needs two seconds in one pass; looking up each name would take half a minute. */
    private static final long MAX_NANOS = 8_000_000_000L;

    private static final Site SITE = new Site("""
              anonymous: guests
              roles: {guests: {listen: [news], produce: [ask, "mq:many"]}}
              limits: {queueBytes: 16MiB}
            """.indent(0));

    @AfterAll
    static void stop() {
        SITE.close();
    }

    private static String headers(String types) {
        return IntStream.range(0, COUNT)
                .mapToObj(i -> "'x-%05d':1".formatted(i))
                .collect(Collectors.joining(",", "{" + types, "}"));
    }

    private static String types(String type) {
        return IntStream.range(0, COUNT)
                .mapToObj(i -> "x-%05d=%s".formatted(i, type))
                .collect(Collectors.joining(";", "'amqp-header-types':'", "',"));
    }

    @Test
    void theyReachTheEventBusAndComeBackInTheReply() {
        var consumer = SITE.vertx
                .eventBus()
                .consumer("ask", message -> message.reply("fine", new DeliveryOptions().setHeaders(message.headers())));
        var client = SITE.raw();
        var begun = System.nanoTime();

        client.send("{'type':'send','address':'ask','replyAddress':'r','headers':" + headers("") + "}");

        await().untilAsserted(() -> assertThat(client.received("r")).hasSize(1));
        assertThat(System.nanoTime() - begun).isLessThan(MAX_NANOS);
        assertThat(client.received("r").get(0).getJsonObject("headers")).hasSize(COUNT);
        consumer.unregister().await();
    }

    /** So many headers do not fit into a frame of AMQP 0-9-1. */
    @Test
    void withTypesTheyAreReadBeforeTheyAreRefused() {
        var client = SITE.raw();
        var begun = System.nanoTime();

        client.send("{'type':'send','address':'mq:many','replyAddress':'r','headers':" + headers(types("int")) + "}");
        client.send("{'type':'send','address':'mq:many','replyAddress':'s','headers':" + headers(types("none")) + "}");

        await().untilAsserted(() -> assertThat(client.frames).hasSize(2));
        assertThat(System.nanoTime() - begun).isLessThan(MAX_NANOS);
        assertThat(client.frames)
                .allSatisfy(it -> assertThat(it.getInteger("failureCode")).isEqualTo(5005));
    }

    @Test
    void othersHearOfThem() {
        var client = SITE.raw();
        client.send("{'type':'register','address':'news'}");
        await().untilAsserted(() -> {
            SITE.vertx.eventBus().publish("news", "there");
            assertThat(client.received("news")).isNotEmpty();
        });
        var headers = MultiMap.caseInsensitiveMultiMap();
        IntStream.range(0, 12 * COUNT).forEach(i -> headers.add("x-" + i, "1"));
        var begun = System.nanoTime();

        SITE.vertx.eventBus().publish("news", "many", new DeliveryOptions().setHeaders(headers));

        await().untilAsserted(
                        () -> assertThat(client.received("news")).anyMatch(it -> "many".equals(it.getValue("body"))));
        assertThat(System.nanoTime() - begun).isLessThan(MAX_NANOS);
    }
}
