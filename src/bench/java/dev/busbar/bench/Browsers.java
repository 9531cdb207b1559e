package dev.busbar.bench;

import com.rabbitmq.client.Connection;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;

/** A server of WebSockets and its clients, each in a JVM of its own, and a feeder in this one. */
final class Browsers implements AutoCloseable {

    /** How a while went. */
    record Step(double offered, double delivered, double cpuMicros, double p50, double p99, double max) {}

    private final Connection connection;
    private final ChildProcess server;
    private final ChildProcess clients;
    private final Feeder feeder;
    private int sockets;

    /** @param publishers clients that publish; 0 for a program that publishes to the broker */
    Browsers(Setup setup, SocketServer.Kind kind, int messageBytes, int publishers, String... serverOptions)
            throws Exception {
        connection = BlockingClient.connect(setup);
        server = ChildProcess.start(
                SocketServer.class, List.of(serverOptions), List.of(kind.name(), setup.uri(), setup.exchange()));
        var port = server.ask("port").getInteger("port").toString();
        clients = ChildProcess.start(SocketClients.class, List.of(), List.of(port, kind.name()));
        var sink = publishers == 0
                ? Feeder.over(connection.createChannel(), setup.exchange())
                : new WampPublishers(Integer.parseInt(port), publishers);
        feeder = new Feeder(sink, messageBytes);
    }

    /** Waits until all of them get what is published. */
    void open(int count) throws Exception {
        sockets += count;
        clients.ask("open " + count);
        for (var reached = 0; reached < sockets; reached = clients.ask("report").getInteger("reached")) {
            feeder.feed(1, 0.05);
        }
        Thread.sleep(1_000);
    }

    /** Of clients that never read. */
    void openSleeping(int count) throws Exception {
        clients.ask("sleeping " + count);
    }

    /** In MiB, after a collection. */
    double heap() throws Exception {
        return server.ask("heap").getDouble("heap");
    }

    /** @throws IllegalStateException if not all of it arrives */
    Step feed(int messages, double seconds) throws Exception {
        clients.ask("reset");
        var cpu = server.ask("cpu").getLong("cpu");
        var start = System.nanoTime();
        feeder.feed(messages, seconds);
        var report = arrived((long) messages * sockets);
        var took = (System.nanoTime() - start) / 1e9;
        var count = report.getLong("count");
        if (count < (long) messages * sockets) {
            throw new IllegalStateException("only " + count + " of " + (long) messages * sockets + " have arrived");
        }
        return new Step(
                messages * sockets / seconds,
                count / took,
                (server.ask("cpu").getLong("cpu") - cpu) / 1e3 / count,
                report.getDouble("p50"),
                report.getDouble("p99"),
                report.getDouble("max"));
    }

    /** Waits for so many, or until nothing more comes. */
    private JsonObject arrived(long expected) throws Exception {
        var report = clients.ask("report");
        var count = -1L;
        for (var idle = 0; idle < 500 && report.getLong("count") < expected; idle++) {
            if (report.getLong("count") != count) {
                count = report.getLong("count");
                idle = 0;
            }
            Thread.sleep(10);
            report = clients.ask("report");
        }
        return report;
    }

    @Override
    public void close() throws IOException {
        clients.close();
        server.close();
        connection.close();
    }
}
