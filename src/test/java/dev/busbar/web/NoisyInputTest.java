package dev.busbar.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.busbar.config.ConfigLoader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Clients that can reach a port cannot fill the log by repeating invalid requests. */
class NoisyInputTest {

    private static final int TIMES = 20;
    private static final int ANSWER_MILLIS = 60;

    private static final Site SITE = new Site("""
              anonymous: guests
              roles: {guests: {listen: [news], produce: [ask]}}
            """.indent(0));
    private static final ManagementServer MANAGEMENT = ManagementServer.start(
                    SITE.vertx,
                    ConfigLoader.parse("management: {port: 0}", "test").orThrow())
            .await();

    private final List<String> loud = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
                loud.add(event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : " " + event.getThrowableProxy().getMessage()));
            }
        }
    };

    @BeforeEach
    void listen() {
        appender.start();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(appender);
    }

    @AfterEach
    void leave() {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(appender);
    }

    @AfterAll
    static void stop() {
        MANAGEMENT.close().await();
        SITE.close();
    }

    private static String get(String path, String... headers) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + String.join("\r\n", headers)
                + (headers.length == 0 ? "" : "\r\n") + "\r\n";
    }

    private static String post(String path, String body, String... headers) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length() + "\r\n"
                + String.join("\r\n", headers) + (headers.length == 0 ? "" : "\r\n") + "\r\n" + body;
    }

    private static String socket(String path, String frames) {
        return get(
                        path,
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: " + Base64.getEncoder().encodeToString("0123456789abcdef".getBytes()))
                + frames;
    }

    static Stream<String> inputs() {
        return Stream.of(
                // Without a host, or with an invalid one.
                "GET / HTTP/1.1\r\n\r\n",
                "GET /health/live HTTP/1.1\r\n\r\n",
                "GET /api/routes HTTP/1.1\r\n\r\n",
                "GET /eventbus/info HTTP/1.1\r\n\r\n",
                "GET /metrics HTTP/1.1\r\nHost:\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a:b:c\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost:99999999999\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET / HTTP/1.0\r\n\r\n",
                "GET /health/ready HTTP/1.0\r\n\r\n",
                // Not HTTP, or malformed HTTP.
                "\r\n\r\n\r\n",
                "nonsense\r\n\r\n",
                "GET\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "\u0016\u0003\u0001\u0000\u00a5\u0001\u0000\u0000\u00a1\u0003\u0003",
                "AMQP\u0000\u0000\u0009\u0001",
                get("/" + "x".repeat(10_000)),
                get("/", "X: " + "x".repeat(20_000)),
                get("/", "a b: c"),
                get("/", "no colon"),
                get("/", "X: \u0001"),
                get("/%zz"),
                get("/%00"),
                get("/api/%ff%fe"),
                get("//"),
                get("/../../etc/passwd"),
                get("http://elsewhere/"),
                get("?"),
                get("*"),
                "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "CONNECT a:1 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n",
                get("/", "Cookie: =;;;\u00ff"),
                get("/", "Accept: q=x;;;/"),
                get("/", "Range: bytes=9-1,x"),
                get("/", "If-Modified-Since: yesterday"),
                get("/", "Accept-Encoding: \u00ff;q=x"),
                get("/api/routes", "Authorization: Basic !!!"),
                get("/api/routes", "Authorization: Bearer a.b.c"),
                get("/api/routes", "Authorization: "),
                get("/", "Upgrade: h2c", "Connection: Upgrade, HTTP2-Settings", "HTTP2-Settings: !!!"),
                // Bodies.
                "POST /api/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                "POST /api/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
                "POST /api/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
                "POST /api/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "POST /api/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
                "POST /eventbus/0/a/xhr_send HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "POST /api/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf",
                "POST /eventbus/0/a/xhr_send HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n[\"ha",
                post("/eventbus/0/a/xhr", "x", "Content-Type: multipart/form-data"),
                post("/eventbus/0/a/xhr", "x", "Content-Type: multipart/form-data; boundary="),
                post("/eventbus/0/a/xhr", "x=%zz", "Content-Type: application/x-www-form-urlencoded"),
                post("/eventbus/0/a/xhr", "x", "Expect: nothing"),
                post("/eventbus/0/a/xhr", "x", "Content-Encoding: gzip"),
                // SockJS.
                post("/eventbus/0/nobody/xhr_send", "[\"x\"]"),
                post("/eventbus/0/nobody/xhr_send", "x"),
                post("/eventbus/0/b/jsonp_send", "d=%zz", "Content-Type: application/x-www-form-urlencoded"),
                post("/eventbus/0/b/jsonp_send", ""),
                get("/eventbus/0/c/jsonp?c=%3Cscript%3E"),
                get("/eventbus/0/c/jsonp"),
                get("/eventbus/0/c/htmlfile"),
                get("/eventbus/0/c/eventsource"),
                get("/eventbus/a.b/c.d/xhr"),
                get("/eventbus/iframe.html"),
                get("/eventbus/websocket"),
                get("/eventbus/0/d/websocket"),
                // WebSockets.
                get("/eventbus/websocket", "Upgrade: websocket", "Connection: Upgrade"),
                get("/wamp", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 99"),
                get(
                        "/eventbus/websocket",
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: short"),
                socket("/nothing", ""),
                socket("/", ""),
                socket("/api/routes", ""),
                socket("/health/live", ""),
                socket("/metrics", ""),
                socket("/eventbus/websocket", "\u00ff\u00ff\u00ff\u00ff"),
                socket("/eventbus/websocket", "\u0081\u0001x"),
                socket("/eventbus/websocket", "\u0081\u00fe\u00ff\u00ff\u0000\u0000\u0000\u0000"),
                socket("/eventbus/websocket", "\u0081\u0081\u0000\u0000\u0000\u0000\u00ff"),
                socket("/eventbus/websocket", "\u0088\u0081\u0000\u0000\u0000\u0000x"),
                socket("/eventbus/0/e/websocket", "\u0081\u0081\u0000\u0000\u0000\u0000x"),
                socket("/eventbus/0/f/websocket", "\u00ff\u00ff\u00ff\u00ff"));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void fillsNoLog(String input) {
        for (var url : List.of(SITE.server.url(), MANAGEMENT.url())) {
            for (var n = 0; n < TIMES; n++) {
                send(URI.create(url).getPort(), input, n == 0);
            }
        }
        // A lost connection has been logged once another connection is answered.
        assertThat(loud).isEmpty();
    }

    /** Sends a request; waits for the answer if patient, otherwise resets the connection. */
    private static void send(int port, String input, boolean patient) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write(input.getBytes(StandardCharsets.ISO_8859_1));
            if (patient) {
                socket.getInputStream().read(new byte[1_024]);
            } else {
                socket.setSoLinger(true, 0);
            }
        } catch (IOException e) {
            // The request was cut off, or not answered.
        }
    }
}
