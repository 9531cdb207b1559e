package dev.busbar.wamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.testing.broker.EmbeddedBrokerJ;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Every WebSocket of the port is closed with the code of RFC 6455 when its client breaks the protocol. */
class WebSocketRulesTest extends WampFixture {

    private static final String RAW = "/eventbus/websocket";
    private static final String SOCKJS = "/eventbus/000/rules/websocket";
    private static final String WAMP = "/wamp";

    private static final int PROTOCOL_ERROR = 1002;
    private static final int NOT_TEXT = 1003;
    private static final int NOT_UTF8 = 1007;
    private static final int TOO_BIG = 1009;

    private static final int TIMEOUT_MILLIS = 20_000;

    /** Invalid frames, in hexadecimal and masked with zeros, and the code with which the socket is closed. */
    private static final Map<String, Integer> BROKEN = Map.ofEntries(
            Map.entry("81 01 61", PROTOCOL_ERROR), // not masked
            Map.entry("c1 81 00000000 61", PROTOCOL_ERROR), // a reserved bit
            Map.entry("83 81 00000000 61", PROTOCOL_ERROR), // a reserved type
            Map.entry("8b 80 00000000", PROTOCOL_ERROR),
            Map.entry("80 81 00000000 61", PROTOCOL_ERROR), // goes on with nothing
            Map.entry("01 81 00000000 61 81 81 00000000 62", PROTOCOL_ERROR), // begins anew within
            Map.entry("09 80 00000000", PROTOCOL_ERROR), // a ping in parts
            Map.entry("89 fe 0080 00000000 " + "00 ".repeat(128), PROTOCOL_ERROR), // and a long one
            Map.entry("81 fe 0001 00000000 61", PROTOCOL_ERROR), // a length longer than it need be
            Map.entry("88 81 00000000 03", PROTOCOL_ERROR), // half a code
            Map.entry("88 82 00000000 03ed", PROTOCOL_ERROR), // 1005, which nobody may send
            Map.entry("88 83 00000000 03e8 ff", NOT_UTF8),
            Map.entry("81 82 00000000 c328", NOT_UTF8),
            Map.entry("81 83 00000000 eda080", NOT_UTF8), // half of a surrogate pair
            Map.entry("81 81 00000000 c3", NOT_UTF8), // ends in the middle
            Map.entry("01 81 00000000 c3 80 81 00000000 28", NOT_UTF8),
            Map.entry("81 ff 0000000100000000 00000000", TOO_BIG));

    WebSocketRulesTest() {
        super(EmbeddedBrokerJ.shared());
    }

    @Test
    void framesThatAreNoneAreClosedWithTheirCode() throws IOException {
        serve();
        var wrong = new ArrayList<String>();

        for (var path : List.of(RAW, SOCKJS, WAMP)) {
            for (var it : BROKEN.entrySet()) {
                var code = closed(path, it.getKey());
                if (code != it.getValue()) {
                    wrong.add(path + " " + it.getKey() + ": " + code + ", not " + it.getValue());
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void whatIsTextOnlySaysSoOfBytes() throws IOException {
        serve();

        assertThat(closed(SOCKJS, "82 81 00000000 61")).isEqualTo(NOT_TEXT);
        assertThat(closed(WAMP, "82 81 00000000 61")).isEqualTo(NOT_TEXT);
    }

    /** A text may be fragmented anywhere, even within a character or before the first. */
    @Test
    void textInPartsIsOneText() throws IOException {
        serve();
        var message = "{\"type\":\"register\",\"address\":\"grüße\"}".getBytes(StandardCharsets.UTF_8);

        for (var cut : new int[] {0, 1, 35, message.length}) {
            try (var socket = connect(RAW)) {
                var out = socket.getOutputStream();
                out.write(new byte[] {0x01, (byte) (0x80 | cut), 0, 0, 0, 0});
                out.write(message, 0, cut);
                out.write(new byte[] {(byte) 0x89, (byte) 0x80, 0, 0, 0, 0});
                out.write(new byte[] {(byte) 0x80, (byte) (0x80 | message.length - cut), 0, 0, 0, 0});
                out.write(message, cut, message.length - cut);

                var answer = "";
                while (!answer.contains("err")) {
                    answer = frame(socket);
                    assertThat(answer).as("cut at %s", cut).doesNotStartWith("close");
                }
                assertThat(answer).contains("access_denied").contains("grüße");
            }
        }
    }

    /** TCP would reset the connection, close frame and all, if Busbar closed with bytes unread. */
    @Test
    void aClientLearnsWhyEvenIfItIsStillSending() throws IOException {
        serve();

        for (var path : List.of(RAW, SOCKJS, WAMP)) {
            try (var socket = connect(path)) {
                var out = socket.getOutputStream();
                out.write(HexFormat.of().parseHex("81ff000000010000000000000000"));
                for (int i = 0; i < 32; i++) {
                    out.write(new byte[1 << 20]);
                }

                var frame = frame(socket);
                while (!frame.startsWith("close ")) {
                    frame = frame(socket);
                }

                assertThat(frame).as(path).isEqualTo("close " + TOO_BIG);
                assertThat(socket.getInputStream().read()).as(path).isNegative();
            }
        }
    }

    /** A client that never ends is disconnected all the same. */
    @Test
    void noClientGoesOnSendingForEver() throws IOException {
        serve();

        try (var socket = connect(WAMP)) {
            var out = socket.getOutputStream();
            out.write(HexFormat.of().parseHex("81ff000000010000000000000000"));

            var since = System.nanoTime();
            assertThatThrownBy(() -> {
                        while (System.nanoTime() - since < TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS)) {
                            out.write(new byte[1 << 20]);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    private int closed(String path, String frames) throws IOException {
        try (var socket = connect(path)) {
            socket.getOutputStream().write(HexFormat.of().parseHex(frames.replace(" ", "")));
            while (true) {
                var frame = frame(socket);
                if (frame.startsWith("close ")) {
                    return Integer.parseInt(frame.substring(6));
                }
            }
        }
    }

    private Socket connect(String path) throws IOException {
        var at = URI.create(url());
        var socket = new Socket(at.getHost(), at.getPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.getOutputStream()
                .write(DeafClient.HANDSHAKE.replace("/wamp", path).getBytes(StandardCharsets.US_ASCII));
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) socket.getInputStream().read());
        }
        assertThat(head.toString()).startsWith("HTTP/1.1 101");
        return socket;
    }

    /** Returns the next message: its text, or {@code close} and the code, 1006 if the connection ends without one. */
    private static String frame(Socket socket) throws IOException {
        var in = new DataInputStream(socket.getInputStream());
        var type = in.read();
        if (type < 0) {
            return "close 1006";
        }
        var length = in.readUnsignedByte();
        var payload = in.readNBytes(length == 126 ? in.readUnsignedShort() : length);
        return (type & 0x0f) == 8
                ? "close " + (length < 2 ? 1005 : (payload[0] & 0xff) << 8 | payload[1] & 0xff)
                : new String(payload, StandardCharsets.UTF_8);
    }
}
