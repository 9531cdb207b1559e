package dev.busbar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.testing.Slow;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Too many of everything: the excess is refused, memory does not grow, and other clients are not affected. */
@Slow
class CrowdIT {

    private static final int SOCKETS = 50;
    private static final int CONNECTIONS = 1_000;

    private static final Site SITE = new Site("""
              anonymous: guests
              instances: 1
              roles: {guests: {listen: ["mq:#", news], produce: ["mq:#", echo]}}
              limits: {sockets: 50, requestTimeout: 3s, pingTimeout: 5s}
            """.indent(0));

    private static final URI URL = URI.create(SITE.server.url());

    private BrowserClient other;
    private long pinging;

    static {
        SITE.vertx.eventBus().consumer("echo", message -> message.reply(message.body()));
    }

    @AfterAll
    static void stop() {
        SITE.close();
    }

    @BeforeEach
    void connectAnother() {
        await().until(() -> SITE.server.browsers().counts().sockets() == 0);
        other = SITE.raw();
        pinging = SITE.vertx.setPeriodic(1_000, id -> other.send("{'type':'ping'}"));
    }

    @AfterEach
    void disconnect() {
        SITE.vertx.cancelTimer(pinging);
        other.socket().close().await();
    }

    /** Checks that a request of another client is answered while the crowd is connected. */
    private void othersAreServed() {
        var before = other.received("r").size();
        var since = System.nanoTime();
        other.send("{'type':'send','address':'echo','body':1,'replyAddress':'r'}");
        await().pollInterval(Duration.ofMillis(5))
                .until(() -> other.received("r").size() > before);
        assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(2));
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void oneSocketsSubscriptionsAreBounded() {
        var greedy = SITE.raw();
        var before = usedBytes();

        for (var n = 0; n < 100_000 && !greedy.isClosed(); n++) {
            greedy.send("{'type':'register','address':'mq:" + n + ".#'}");
            if (n % 10_000 == 0) {
                othersAreServed();
            }
        }

        await().atMost(Duration.ofSeconds(60))
                .until(() -> greedy.isClosed()
                        || greedy.errors("max_handlers_reached").size() >= 99_000);
        assertThat(SITE.hub.filters()).hasSizeLessThanOrEqualTo(1_000);
        greedy.frames.clear();
        assertThat(usedBytes() - before).isLessThan(48L << 20);
        othersAreServed();
        greedy.socket().close();
        await().atMost(Duration.ofSeconds(60)).until(() -> SITE.hub.filters().isEmpty());
    }

    /** Changes of bindings wait for the broker, so they are bounded as filters are. */
    @Test
    void filtersThatComeAndGoAreBounded() {
        var greedy = SITE.raw();
        var most = new AtomicInteger();

        for (var n = 0; n < 20_000 && !greedy.isClosed(); n++) {
            greedy.send("{'type':'register','address':'mq:" + n + ".#'}");
            greedy.send("{'type':'unregister','address':'mq:" + n + ".#'}");
            if (n % 1_000 == 0) {
                most.accumulateAndGet(SITE.hub.filters().size(), Math::max);
                othersAreServed();
            }
        }

        assertThat(most).hasValueLessThanOrEqualTo(1_200);
        greedy.socket().close();
        await().atMost(Duration.ofSeconds(60)).until(() -> SITE.hub.filters().isEmpty());
        othersAreServed();
    }

    @Test
    void tenThousandSocketsAreBounded() {
        var client = SITE.vertx.createWebSocketClient(
                new WebSocketClientOptions().setMaxConnections(10_000).setConnectTimeout(20_000));
        var options = new WebSocketConnectOptions()
                .setHost(URL.getHost())
                .setPort(URL.getPort())
                .setURI("/eventbus/websocket");
        var refused = SITE.server.browsers().counts().refused();
        List<WebSocket> open = new ArrayList<>();

        var connected = atOnce(
                10_000,
                200,
                () -> client.connect(options).onSuccess(socket -> {
                    synchronized (open) {
                        open.add(socket);
                    }
                }));

        othersAreServed();
        assertThat(connected)
                .as("accepted, and most of them closed with a word")
                .isPositive();
        assertThat(SITE.server.browsers().counts().sockets()).isLessThanOrEqualTo(SOCKETS);
        assertThat(SITE.server.browsers().counts().refused() - refused).isGreaterThan(9_000);
        await().untilAsserted(() -> assertThat(
                        open.stream().filter(socket -> !socket.isClosed()).count())
                .isLessThan(SOCKETS));
        assertThat(open).extracting(WebSocket::closeReason).contains("too many sockets");
        Future.join(open.stream().map(WebSocket::close).toList())
                .otherwiseEmpty()
                .await();

        disconnect();
        connectAnother();
        othersAreServed();
    }

    /** No client ever polls these refused sessions again, so they must not be remembered. */
    @Test
    void sessionsThatAreTurnedAwayAreForgotten() {
        var sessions = SITE.vertx.sharedData().getLocalMap("_vertx.sockjssessions");
        var client = SITE.vertx.createHttpClient();
        var n = new AtomicInteger();

        atOnce(
                2_000,
                50,
                () -> client.request(
                                HttpMethod.POST,
                                URL.getPort(),
                                URL.getHost(),
                                "/eventbus/000/crowd" + n.incrementAndGet() + "/xhr")
                        .compose(request -> request.send("[]")));

        othersAreServed();
        await().atMost(Duration.ofSeconds(20)).until(() -> sessions.isEmpty());
    }

    @Test
    void connectionsThatAskForNothingAreBoundedAndClosed() {
        var net = SITE.vertx.createNetClient(new NetClientOptions().setConnectTimeout(20_000));
        List<NetSocket> open = new ArrayList<>();
        var closed = new AtomicInteger();
        var n = new AtomicInteger();

        atOnce(
                10_000,
                200,
                () -> net.connect(URL.getPort(), URL.getHost()).onSuccess(socket -> {
                    socket.closeHandler(gone -> closed.incrementAndGet());
                    synchronized (open) {
                        open.add(socket);
                    }
                    beginning(n.incrementAndGet() % 5, socket);
                }));

        await().until(() -> closed.get() >= open.size() - CONNECTIONS);
        await().atMost(Duration.ofSeconds(10)).until(() -> closed.get() == open.size());
        othersAreServed();
        assertThat(other.isClosed()).isFalse();
    }

    /** Begins a request, of one of several kinds, that is never complete, though one byte after the other comes. */
    private static void beginning(int kind, NetSocket socket) {
        var head = " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
        switch (kind) {
            case 0 -> {}
            case 1 -> trickle(socket, "GET /eventbus/websocket" + head + "X: ");
            case 2 -> trickle(socket, "POST /eventbus/000/slow/xhr_send" + head + "Content-Length: 1000\r\n\r\n[");
            case 3 ->
                trickle(socket, "GET /eventbus/websocket" + head + "Connection: Upgrade\r\nUpgrade: websocket\r\n");
            default -> trickle(socket, "POST /api/messages" + head + "Transfer-Encoding: chunked\r\n\r\n500\r\n");
        }
    }

    private static void trickle(NetSocket socket, String begun) {
        socket.write(begun)
                .onSuccess(written -> SITE.vertx.setPeriodic(
                        500, id -> socket.write("a").onFailure(gone -> SITE.vertx.cancelTimer(id))));
    }

    /** Runs the work many times, at most so many at once. Returns how many succeeded. */
    private static int atOnce(int times, int most, Supplier<Future<?>> work) {
        var permits = new Semaphore(most);
        var succeeded = new AtomicInteger();
        for (var n = 0; n < times; n++) {
            permits.acquireUninterruptibly();
            work.get().onComplete((done, failure) -> {
                if (failure == null) {
                    succeeded.incrementAndGet();
                }
                permits.release();
            });
        }
        permits.acquireUninterruptibly(most);
        return succeeded.get();
    }
}
