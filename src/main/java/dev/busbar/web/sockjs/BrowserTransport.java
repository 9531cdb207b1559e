package dev.busbar.web.sockjs;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.function.Consumer;

/** The way to one browser, whatever the transport. Used and calling on the socket's event loop only. */
interface BrowserTransport {

    /**
     * @param received gets each message of the browser
     * @param gone may be called more than once
     */
    void open(Consumer<Buffer> received, Runnable gone);

    /** As this transport writes it; shared with others, not to be changed. */
    byte[] encode(Frame frame);

    /**
     * Writes all of them in one go, as far as the transport can.
     *
     * @param written called, perhaps before this returns, once the operating system has them, or the browser is gone
     */
    void write(List<byte[]> encoded, Runnable written);

    /** Tells whatever is between here and the browser that somebody is there. */
    default void heartbeat() {}

    /** Whether the browser likes it or not. */
    void close(int code, String reason);

    MultiMap headers();

    SocketAddress remoteAddress();

    String uri();
}
