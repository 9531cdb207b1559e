package dev.busbar.web.sockjs;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.function.Consumer;

/** Sends to and receives from one browser. Used, and calling its callbacks, only on the socket's event loop. */
interface BrowserTransport {

    /**
     * Begins to receive.
     *
     * @param onMessage called with each message of the browser
     * @param onClosed called when the connection is closed, perhaps more than once
     */
    void open(Consumer<Buffer> onMessage, Runnable onClosed);

    /** Returns the frame as this transport writes it. The array is shared by all sockets and must not be changed. */
    byte[] encode(Frame frame);

    /**
     * Writes encoded frames, in one write if the transport can.
     *
     * @param onWritten called once the operating system has the frames or the connection is closed, perhaps before this
     *     method returns
     */
    void write(List<byte[]> encoded, Runnable onWritten);

    /** Keeps proxies on the way from closing an idle connection. */
    default void heartbeat() {}

    /** Closes the connection, after a time-out even if the browser does not take part. */
    void close(int code, String reason);

    MultiMap headers();

    SocketAddress remoteAddress();

    String uri();
}
