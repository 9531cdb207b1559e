package dev.busbar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.topic.RoutingKey;
import io.vertx.core.MultiMap;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A port that is closed while one of its clients reads nothing. */
@Timeout(60)
class DeafStopTest {

    private static final String REGISTER = "{\"type\":\"register\",\"address\":\"mq:builds.#\"}";
    private static final int AT_ONCE = 100;
    private static final long CLOSES_WITHIN_SECONDS = 20;

    private final Site site = new Site("""
              anonymous: guests
              roles: {guests: {listen: ["mq:builds.#"]}}
              limits: {queueMessages: 10}
            """.indent(0));

    /** Without a library that would read: the request, and {@code register} masked with zeros. */
    private Socket deaf() throws Exception {
        var url = URI.create(site.server.url());
        var socket = new Socket(url.getHost(), url.getPort());
        var out = socket.getOutputStream();
        out.write(("GET /eventbus/websocket HTTP/1.1\r\nHost: " + url.getHost() + "\r\nUpgrade: websocket\r\n"
                        + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        var in = socket.getInputStream();
        for (var head = ""; !head.endsWith("\r\n\r\n"); head += (char) in.read()) {
            // And nothing after it.
        }
        out.write(new byte[] {(byte) 0x81, (byte) (0x80 | REGISTER.length()), 0, 0, 0, 0});
        out.write(REGISTER.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private void produce() {
        var headers = MultiMap.caseInsensitiveMultiMap().add("amqp-content-type", "text/plain");
        for (var n = 1; n < AT_ONCE; n++) {
            site.hub.produce(RoutingKey.parse("builds.1"), "x".repeat(16_000), headers);
        }
        site.hub.produce(RoutingKey.parse("builds.1"), "last", headers).await();
    }

    @Test
    void doesNotWaitForIt() throws Exception {
        try (var socket = deaf()) {
            while (site.server.browsers().counts().dropped() == 0) {
                produce();
            }
            assertThat(socket.isClosed()).isFalse();

            site.server.close().await(CLOSES_WITHIN_SECONDS, TimeUnit.SECONDS);

            await().untilAsserted(() ->
                    assertThat(site.server.browsers().counts().sockets()).isZero());
        } finally {
            site.hub.close().await();
            site.vertx.close().await();
        }
    }
}
