package dev.busbar.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A JVM of many clients, which does as little as it can with what it gets, so that the server is what is measured.
 * Asked to {@code open} so many sockets, or so many {@code sleeping} ones that never read, for a {@code report}, or to
 * {@code reset} what it reports.
 */
final class SocketClients {

    private final int port;
    private final String address;
    private final Selector selector;
    private final List<SocketChannel> sleeping = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
    private final Arrivals arrivals = new Arrivals();
    private int sockets;
    private int reached;

    private SocketClients(int port, String address) throws IOException {
        this.port = port;
        this.address = address;
        selector = Selector.open();
    }

    public static void main(String[] arguments) throws Exception {
        var clients = new SocketClients(Integer.parseInt(arguments[0]), arguments[1]);
        var reader = new Thread(clients::read);
        reader.setDaemon(true);
        reader.start();
        ChildProcess.serve(clients::answer);
    }

    private JsonObject answer(String question) throws IOException {
        var words = question.split(" ");
        switch (words[0]) {
            case "open" -> open(Integer.parseInt(words[1]), true);
            case "sleeping" -> open(Integer.parseInt(words[1]), false);
            default -> {
                synchronized (this) {
                    var report = arrivals.report().put("sockets", sockets).put("reached", reached);
                    if (words[0].equals("reset")) {
                        arrivals.reset();
                    }
                    return report;
                }
            }
        }
        return new JsonObject();
    }

    private void open(int count, boolean reading) throws IOException {
        for (var i = 0; i < count; i++) {
            var channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            channel.write(ascii("GET /eventbus/websocket HTTP/1.1\r\nHost: 127.0.0.1:" + port
                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
            upgraded(channel);
            channel.write(registration());
            if (reading) {
                channel.configureBlocking(false);
                synchronized (this) {
                    channel.register(selector, SelectionKey.OP_READ, new FrameReader());
                    sockets++;
                }
                selector.wakeup();
            } else {
                sleeping.add(channel);
            }
        }
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Byte by byte, so that nothing of what follows is taken. */
    private static void upgraded(SocketChannel channel) throws IOException {
        var head = new StringBuilder();
        var one = ByteBuffer.allocate(1);
        while (!head.toString().endsWith("\r\n\r\n")) {
            one.clear();
            if (channel.read(one) < 0) {
                throw new IOException("closed after " + head);
            }
            head.append((char) one.get(0));
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException("not upgraded: " + head);
        }
    }

    /** Masked with zeros. */
    private ByteBuffer registration() {
        var text = ascii(
                new JsonObject().put("type", "register").put("address", address).encode());
        return ByteBuffer.allocate(200)
                .put((byte) 0x81)
                .put((byte) (0x80 | text.remaining()))
                .putInt(0)
                .put(text)
                .flip();
    }

    private void read() {
        try {
            for (; ; ) {
                selector.select();
                synchronized (this) {
                    for (var key : selector.selectedKeys()) {
                        var reader = (FrameReader) key.attachment();
                        var silent = !reader.hasRead();
                        reader.read((SocketChannel) key.channel(), buffer, arrivals);
                        reached += silent && reader.hasRead() ? 1 : 0;
                    }
                    selector.selectedKeys().clear();
                }
            }
        } catch (IOException e) {
            Contestant.fail(e);
        }
    }
}
