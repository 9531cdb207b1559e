package dev.busbar.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** WAMP clients that take turns in publishing, and read nothing: they ask for no answers. */
final class WampPublishers implements Feeder.Sink {

    private static final String BEFORE = "[16,1,{},\"" + Wamp.PREFIX + Feeder.KEY + "\",[";

    private final List<SocketChannel> sockets = new ArrayList<>();
    private int next;

    WampPublishers(int port, int count) throws IOException {
        for (var i = 0; i < count; i++) {
            var socket = RawWebSocket.connect(port, Wamp.PATH, Wamp.SUBPROTOCOL);
            RawWebSocket.write(socket, RawWebSocket.frame(Wamp.HELLO));
            socket.read(ByteBuffer.allocate(1_024));
            sockets.add(socket);
        }
    }

    @Override
    public void publish(String json) throws IOException {
        RawWebSocket.write(sockets.get(next++ % sockets.size()), RawWebSocket.frame(BEFORE + json + "]]"));
    }
}
