package dev.busbar.bench;

import com.sun.management.OperatingSystemMXBean;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * A JVM that serves WebSockets, and nothing else: its CPU time and its heap are those of the bridge. Asked for its
 * {@code port}, its {@code cpu} time, or its {@code heap} after a collection.
 */
final class SocketServer {

    /** Gives clients what arrives at an exchange. */
    interface Bridge {

        /** @return the port */
        int start(Vertx vertx, String uri, String exchange);

        /** What a client connects to. */
        default String path() {
            return "/eventbus/websocket";
        }

        /** What it offers to speak there; {@code null} for nothing. */
        default String subprotocol() {
            return null;
        }

        /** What it says first, to get what is published. */
        List<String> greeting();
    }

    enum Kind {
        STOCK(new StockBridge()),
        BUSBAR(new BusbarBridge()),
        ECHO(new EchoRouter()),
        ROUTER(new BusbarRouter());

        final Bridge bridge;

        Kind(Bridge bridge) {
            this.bridge = bridge;
        }
    }

    private SocketServer() {}

    public static void main(String[] arguments) throws Exception {
        var bridge = Kind.valueOf(arguments[0]).bridge;
        var port = bridge.start(Vertx.vertx(), arguments[1], arguments[2]);
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        ChildProcess.serve(question -> switch (question) {
            case "port" -> new JsonObject().put("port", port);
            case "cpu" -> new JsonObject().put("cpu", system.getProcessCpuTime());
            default -> Heap.afterCollection();
        });
    }
}
