package dev.busbar.web;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Sends requests byte by byte as given, which clients of libraries would not send. */
final class Wire {

    private static final int TIMEOUT_MILLIS = 10_000;

    private Wire() {}

    /**
     * The answer to one request, as it is on the wire.
     *
     * @param headers each with its line break
     */
    record Answer(int status, Map<String, String> headers, String body) {

        private static Answer of(String text) {
            var end = text.indexOf("\r\n\r\n");
            var lines = text.substring(0, end).split("\r\n");
            var headers = new TreeMap<String, String>();
            for (var n = 1; n < lines.length; n++) {
                var colon = lines[n].indexOf(':');
                headers.put(
                        lines[n].substring(0, colon).toLowerCase(Locale.ROOT),
                        lines[n].substring(colon + 1).strip());
            }
            return new Answer(Integer.parseInt(lines[0].split(" ")[1]), headers, text.substring(end + 4));
        }
    }

    /** Sends a request on a connection of its own, which the server is asked to close. */
    static Answer ask(String url, String method, String path, String... headers) throws IOException {
        var request = new StringBuilder(method + " " + path + " HTTP/1.1\r\nConnection: close\r\n");
        var hasHost = false;
        for (var header : headers) {
            hasHost |= header.startsWith("Host:");
            request.append(header).append("\r\n");
        }
        if (!hasHost) {
            request.append("Host: ").append(URI.create(url).getAuthority()).append("\r\n");
        }
        try (var socket = open(url)) {
            socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            return Answer.of(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
        }
    }

    static Socket open(String url) throws IOException {
        var at = URI.create(url);
        var socket = new Socket(at.getHost().equals("0.0.0.0") ? "127.0.0.1" : at.getHost(), at.getPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }
}
