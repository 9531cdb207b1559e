package dev.busbar.testing.broker;

import dev.busbar.testing.broker.NetworkFault.Way;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Joins a client's connection and the proxy's own to the broker, by one thread for each direction. */
final class ProxiedConnection {

    private static final int CHUNK = 65_536;

    private final Socket client;
    private final Socket broker;
    private final Iterable<NetworkFault> due;
    private final BooleanSupplier silent;
    private final Consumer<NetworkFault> struck;
    private final Map<Way, Long> heldUntil = new EnumMap<>(Way.class);
    private final Set<Way> deaf = EnumSet.noneOf(Way.class);
    private volatile int framesToBroker;

    /**
     * Joins two sockets.
     *
     * @param due what shall go wrong, in this order in each direction
     * @param silent whether what the broker answers is lost
     * @param struck told of each fault that has struck
     */
    ProxiedConnection(
            Socket client,
            Socket broker,
            Iterable<NetworkFault> due,
            BooleanSupplier silent,
            Consumer<NetworkFault> struck) {
        this.client = client;
        this.broker = broker;
        this.due = due;
        this.silent = silent;
        this.struck = struck;
    }

    boolean isOpen() {
        return !client.isClosed();
    }

    int framesToBroker() {
        return framesToBroker;
    }

    void reset() {
        reset(client);
        reset(broker);
    }

    /** Copies one way until either side ends. */
    void copy(Way way) throws IOException {
        var from = source(way);
        var faults = new ArrayDeque<NetworkFault>();
        due.forEach(fault -> {
            if (fault.counted() == way) {
                faults.add(fault);
            }
        });
        try (client;
                broker) {
            var frames = new AmqpFrames();
            var buffer = new byte[CHUNK];
            for (var read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                pass(way, frames, faults, buffer, read);
            }
            awaitRelease(way);
        }
    }

    private void pass(Way way, AmqpFrames frames, Queue<NetworkFault> faults, byte[] buffer, int length)
            throws IOException {
        var written = 0;
        for (var at = 0; at < length; at++) {
            var next = faults.peek();
            if (next != null && frames.reached(next.frame(), next.offset())) {
                write(way, buffer, written, at);
                written = at;
                strike(faults.poll());
            }
            frames.pass(buffer[at]);
        }
        if (way == Way.TO_BROKER) {
            framesToBroker = frames.whole();
        }
        write(way, buffer, written, length);
    }

    private void write(Way way, byte[] buffer, int from, int to) throws IOException {
        awaitRelease(way);
        if (to > from && !lost(way)) {
            target(way).getOutputStream().write(buffer, from, to - from);
        }
    }

    private synchronized boolean lost(Way way) {
        return deaf.contains(way) || (silent.getAsBoolean() && way == Way.TO_CLIENT);
    }

    private synchronized void awaitRelease(Way way) throws IOException {
        try {
            for (var left = left(way); left > 0; left = left(way)) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private long left(Way way) {
        return heldUntil.getOrDefault(way, System.nanoTime()) - System.nanoTime();
    }

    void strike(NetworkFault fault) throws IOException {
        struck.accept(fault);
        for (var way : fault.hit()) {
            switch (fault.kind()) {
                case CUT -> reset();
                case STALL -> hold(way, System.nanoTime() + fault.time().toNanos());
                case HALF_CLOSE -> {
                    deafen(way);
                    target(way).shutdownOutput();
                }
            }
        }
    }

    private synchronized void hold(Way way, long until) {
        heldUntil.put(way, until);
    }

    private synchronized void deafen(Way way) {
        deaf.add(way);
    }

    private Socket source(Way way) {
        return way == Way.TO_BROKER ? client : broker;
    }

    private Socket target(Way way) {
        return way == Way.TO_BROKER ? broker : client;
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // Closed already.
        }
    }
}
