package dev.busbar.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * A JVM of many clients, which does as little as it can with what it gets, so that the server is what is measured.
 * Asked to {@code open} so many sockets, or so many {@code sleeping} ones that never read, for a {@code report}, or to
 * {@code reset} what it reports.
 */
final class SocketClients {

    private final int port;
    private final SocketServer.Bridge bridge;
    private final Selector selector;
    private final List<SocketChannel> sleeping = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
    private final Arrivals arrivals = new Arrivals();
    private int sockets;
    private int reached;

    private SocketClients(int port, SocketServer.Bridge bridge) throws IOException {
        this.port = port;
        this.bridge = bridge;
        selector = Selector.open();
    }

    public static void main(String[] arguments) throws Exception {
        var clients = new SocketClients(Integer.parseInt(arguments[0]), SocketServer.Kind.valueOf(arguments[1]).bridge);
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
            var channel = RawWebSocket.connect(port, bridge.path(), bridge.subprotocol());
            for (var text : bridge.greeting()) {
                RawWebSocket.write(channel, RawWebSocket.frame(text));
            }
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
