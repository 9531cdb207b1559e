package dev.busbar.faults;

import dev.busbar.codec.BusHeaders;
import dev.busbar.testing.broker.Wire091;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.BitSet;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who sends and handles during a soak. Lanes: {@code out} to a foreign consumer; {@code in} from a foreign publisher to
 * a handler that misbehaves; {@code once}, the same messages to a handler behind a duplicate window; {@code lossy} from
 * the bus and back to it, over a queue that others delete.
 */
final class SoakTraffic implements AutoCloseable {

    /** How the handler of lane {@code in} is. */
    enum Mood {
        WELL,
        /** Fails now and then. */
        FAILING,
        /** Does not reply now and then. */
        SILENT,
        /** Replies to nothing. */
        DEAF
    }

    private static final int PER_SECOND = 300;
    /** Of the messages a handler in a bad mood gets. */
    private static final double ILL_TREATED = 0.05;

    final Ledger out = new Ledger("out");
    final Ledger in = new Ledger("in");
    final Ledger once = new Ledger("once");
    /** Lane {@code in}, without those the handler has only ill-treated; guarded by itself. */
    private final BitSet inReplied = new BitSet();

    final AtomicInteger lossy = new AtomicInteger();
    private final Pace pace = Pace.of(PER_SECOND);
    private final Vertx vertx;
    private final ForeignConsumer consumer;
    private final ForeignPublisher publisher;
    /** Whom it treats ill is up to the order of events, so it is not part of the schedule. */
    private final Random whims = new Random();

    private MessageConsumer<JsonObject> handler;
    private volatile Mood mood = Mood.WELL;

    SoakTraffic(Vertx vertx, String uri, String exchange) throws Exception {
        this.vertx = vertx;
        this.consumer = new ForeignConsumer(uri, SoakBridge.OUT_QUEUE, out);
        this.publisher = new ForeignPublisher(new Wire091(uri), exchange, "in", in, pace);
        vertx.eventBus().<JsonObject>localConsumer("once", message -> {
            book(once, message);
            message.reply(null);
        });
        vertx.eventBus().<JsonObject>localConsumer("lossy", message -> {
            lossy.incrementAndGet();
            message.reply(null);
        });
        listen();
    }

    void start() {
        consumer.start();
        publisher.start();
        new BusSender(vertx, "out", out, pace, true).start();
        vertx.setPeriodic(20, id -> vertx.eventBus().send("lossy-out", new JsonObject()));
    }

    void mood(Mood next) {
        mood = next;
    }

    /** Registers the handler of lane {@code in}, if it is not. */
    void listen() {
        if (handler == null) {
            handler = vertx.eventBus().localConsumer("in", this::handle);
        }
    }

    void hangUp() {
        if (handler != null) {
            handler.unregister().await();
            handler = null;
        }
    }

    Mood mood() {
        return mood;
    }

    private void handle(Message<JsonObject> message) {
        // In any mood: its order is that of the first time, and whoever is ill-treated comes again.
        book(in, message);
        var now = mood;
        if (now == Mood.WELL || now != Mood.DEAF && whims.nextDouble() > ILL_TREATED) {
            synchronized (inReplied) {
                inReplied.set(message.body().getInteger("n"));
            }
            message.reply(null);
        } else if (now == Mood.FAILING) {
            message.fail(1, "not in the mood");
        }
    }

    private static void book(Ledger ledger, Message<JsonObject> message) {
        var headers = message.headers();
        ledger.seen(
                message.body().getInteger("n"),
                headers.get(BusHeaders.MESSAGE_ID),
                headers.get(BusHeaders.REDELIVERED).equals("true")
                        || !headers.get(BusHeaders.ATTEMPT).equals("1"));
    }

    int inReplied() {
        synchronized (inReplied) {
            return inReplied.cardinality();
        }
    }

    /** No new ones from now on; how many there have been in each lane. */
    int end() {
        pace.end();
        return pace.allowed();
    }

    /** Ends the foreign clients. */
    @Override
    public void close() {
        pace.end();
        consumer.close();
        publisher.close();
    }
}
