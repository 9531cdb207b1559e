package dev.busbar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.busbar.testing.Slow;
import dev.busbar.testing.Soak;
import dev.busbar.topic.RoutingKey;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Many browsers connect at once, listen to the same filter, and disconnect at once, repeatedly. */
class BrowserStormIT {

    private static final int BROWSERS = Soak.pick(300, 2_000);
    private static final int STORMS = 3;
    private static final int MESSAGES = 50;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** How many bytes of heap all storms together may leave behind. */
    private static final long HEAP = 24L << 20;

    private static final Site SITE = new Site("""
              anonymous: guests
              roles: {guests: {listen: ["mq:#"]}}
              limits: {sockets: 2500}
            """.indent(0));

    private static final URI URL = URI.create(SITE.server.url());

    private final WebSocketClient sockets = SITE.vertx.createWebSocketClient(
            new WebSocketClientOptions().setMaxConnections(BROWSERS).setConnectTimeout(60_000));

    @AfterAll
    static void stop() {
        SITE.close();
    }

    /** One of the browsers: counts its messages and checks their order. */
    private static final class Browser {

        private final WebSocket socket;
        private volatile boolean listens;
        private volatile int next;
        private volatile String wrong;

        Browser(WebSocket socket) {
            this.socket = socket;
            socket.textMessageHandler(this::heard);
            socket.writeTextMessage("{\"type\":\"register\",\"address\":\"mq:storm.*\"}");
        }

        private void heard(String text) {
            var body = new JsonObject(text).getValue("body");
            if (!(body instanceof Integer number)) {
                wrong = text;
            } else if (number < 0) {
                listens = true;
            } else if (number == next) {
                next++;
            } else {
                wrong = number + " in place of " + next;
            }
        }
    }

    private Future<Browser> connect() {
        return sockets.connect(new WebSocketConnectOptions()
                        .setHost(URL.getHost())
                        .setPort(URL.getPort())
                        .setURI("/eventbus/websocket"))
                .map(Browser::new);
    }

    private static void produce(int number) {
        SITE.hub.produce(RoutingKey.of("storm", "x"), number, MultiMap.caseInsensitiveMultiMap());
    }

    private void storm() {
        var arriving = IntStream.range(0, BROWSERS).mapToObj(n -> connect()).toList();
        Future.all(arriving).await();
        List<Browser> browsers = arriving.stream().map(Future::result).toList();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
            produce(-1);
            return browsers.stream().allMatch(browser -> browser.listens);
        });

        IntStream.range(0, MESSAGES).forEach(BrowserStormIT::produce);

        await().atMost(PATIENCE)
                .until(() -> browsers.stream().allMatch(browser -> browser.next == MESSAGES || browser.wrong != null));
        assertThat(browsers).extracting(browser -> browser.wrong).containsOnlyNulls();
        browsers.forEach(browser -> browser.socket.close());
        await().atMost(PATIENCE)
                .until(() -> SITE.server.browsers().counts().sockets() == 0
                        && SITE.hub.filters().isEmpty());
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static long descriptors() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }

    @Slow
    @Test
    void eachHearsAllInOrderAndNothingIsLeftBehind() {
        storm();
        var bytes = usedBytes();
        var descriptors = descriptors();

        for (var n = 1; n < STORMS; n++) {
            storm();
        }

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(descriptors()).isLessThanOrEqualTo(descriptors + 20));
        assertThat(usedBytes() - bytes).isLessThan(HEAP);
        assertThat(SITE.server.browsers().counts().refused()).isZero();
    }
}
