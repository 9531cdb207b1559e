package dev.busbar.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which pages may connect over each transport; the requests are written as they are on the wire. */
class TransportOriginTest {

    private static final String UPGRADE = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    private static final Site SITE = new Site("""
              anonymous: guests
              origins: [https://friend.example]
              roles: {guests: {listen: [news]}}
            """.indent(0));

    private static final URI URL = URI.create(SITE.server.url());
    private static int sessions;

    @AfterAll
    static void stop() {
        SITE.close();
    }

    /** In a path, S stands for a new SockJS session. */
    @ParameterizedTest
    @CsvSource({
        "GET, /eventbus/websocket, true, 101",
        "GET, /eventbus/000/S/websocket, true, 101",
        "GET, /eventbus/000/S/eventsource, false, 200",
        "POST, /eventbus/000/S/xhr, false, 200",
        "POST, /eventbus/000/S/xhr_streaming, false, 200",
        "OPTIONS, /eventbus/000/S/xhr, false, 204",
        "OPTIONS, /eventbus/000/S/xhr_send, false, 204",
        "GET, /eventbus/info, false, 200",
        "OPTIONS, /eventbus/info, false, 204",
        "GET, /eventbus/, false, 200",
        "GET, /eventbus//info, false, 200",
        "GET, /%65ventbus/info, false, 200"
    })
    void onlyPagesServedHereOrNamedMayConnect(String method, String path, boolean upgrade, int status)
            throws IOException {
        for (var origin : new String[] {null, SITE.server.url(), "https://friend.example"}) {
            assertThat(status(method, path, upgrade, URL.getAuthority(), origin))
                    .as("from " + origin)
                    .isEqualTo(status);
        }
        for (var origin : new String[] {
            "https://evil.example",
            "null",
            "",
            "*",
            "http://friend.example",
            "https://friend.example.evil.example",
            "https://friend.example:444",
            "https://friend.example, " + SITE.server.url(),
            "http://127.0.0.1",
            "http://127.0.0.1:1",
            "http://user@" + URL.getAuthority(),
            "http://" + URL.getAuthority() + ".evil.example",
            "x y"
        }) {
            assertThat(status(method, path, upgrade, URL.getAuthority(), origin))
                    .as("from " + origin)
                    .isEqualTo(403);
        }
    }

    /** Another site's name resolves to this machine (DNS rebinding): then page and server have the same origin. */
    @ParameterizedTest
    @CsvSource({
        "GET, /eventbus/websocket, true",
        "GET, /eventbus/000/S/websocket, true",
        "GET, /eventbus/000/S/eventsource, false",
        "POST, /eventbus/000/S/xhr, false",
        "POST, /eventbus/000/S/xhr_streaming, false",
        "GET, /eventbus/info, false"
    })
    void anotherHostNameIsNotAnswered(String method, String path, boolean upgrade) throws IOException {
        var host = "evil.example:" + URL.getPort();

        assertThat(status(method, path, upgrade, host, null)).isEqualTo(403);
        assertThat(status(method, path, upgrade, host, "http://" + host)).isEqualTo(403);
        assertThat(status(method, path, upgrade, "friend.example", "https://friend.example"))
                .isNotEqualTo(403);
    }

    /** Over these transports a browser does not send the origin of a page. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/eventbus/iframe.html", "/eventbus/iframe-1.6.1.html", "/eventbus/iframe-.html",
                "/eventbus//iframe.html", "/eventbus/%69frame.html", "/eventbus/000/../iframe.html",
                "/eventbus/chunking_test", "/eventbus/000/S/jsonp?c=x", "/eventbus/000/S/jsonp_send",
                "/eventbus/000/S/htmlfile?c=x"
            })
    void whatCannotBeCheckedIsNotOffered(String path) throws IOException {
        for (var method : new String[] {"GET", "POST"}) {
            assertThat(status(method, path, false, URL.getAuthority(), null)).isIn(404, 405);
        }
    }

    private static int status(String method, String path, boolean upgrade, String host, String origin)
            throws IOException {
        var request = method + " " + path.replace("S", "s" + sessions++) + " HTTP/1.1\r\nHost: " + host + "\r\n"
                + (origin == null ? "" : "Origin: " + origin + "\r\n")
                + (upgrade ? UPGRADE : "")
                + (method.equals("POST") ? "Content-Length: 2\r\n\r\n[]" : "\r\n");
        try (var socket = new Socket(URL.getHost(), URL.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return Integer.parseInt(firstLine(socket.getInputStream()).split(" ")[1]);
        }
    }

    private static String firstLine(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (var c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }
}
