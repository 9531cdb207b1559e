package dev.busbar.faults;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The way to a broker, which notes when somebody knocks, and turns everybody away while the broker is out. */
public final class Doorway implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final int broker;
    private final NetClient client = vertx.createNetClient();
    private final NetServer server;
    private final Set<NetSocket> guests = ConcurrentHashMap.newKeySet();
    private final List<Long> knocks = new CopyOnWriteArrayList<>();
    private volatile boolean open = true;

    /** @param broker its port on this machine */
    public Doorway(int broker) {
        this.broker = broker;
        this.server = TestBridge.get(vertx.createNetServer(new NetServerOptions().setAcceptBacklog(1_024))
                .connectHandler(this::knocked)
                .listen(0, "127.0.0.1"));
    }

    public int port() {
        return server.actualPort();
    }

    /** Throws everybody out, all in one instant, and lets nobody in. */
    public void shut() {
        open = false;
        guests.forEach(NetSocket::close);
    }

    public void reopen() {
        open = true;
    }

    /** When somebody has knocked since the beginning, in nanoseconds. */
    List<Long> knocks() {
        return List.copyOf(knocks);
    }

    private void knocked(NetSocket guest) {
        knocks.add(System.nanoTime());
        if (!open) {
            guest.close();
            return;
        }
        guest.pause();
        guests.add(guest);
        guest.closeHandler(gone -> guests.remove(guest));
        client.connect(broker, "127.0.0.1")
                .onSuccess(inside -> {
                    inside.pipeTo(guest);
                    guest.pipeTo(inside);
                })
                .onFailure(refused -> guest.close());
    }

    @Override
    public void close() {
        TestBridge.get(vertx.close());
    }
}
