package dev.busbar.broker.amqp10;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.Settlement;
import dev.busbar.codec.MessageProperties;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.proton.ProtonDelivery;
import java.util.function.Function;
import org.apache.qpid.proton.amqp.messaging.Released;
import org.apache.qpid.proton.message.Message;

/**
 * The deliveries of one attached link. Credit and unsettled deliveries together are never more than the prefetch: what
 * is settled in one turn of the event loop is written and granted again at its end. Or there is credit on demand only,
 * for one at a time. Confined to the event loop.
 */
final class Receiving {

    private static final long DRAIN_MILLIS = 50;
    private static final long SILENCE_MILLIS = 500;

    private final ContextInternal context;
    private final WholeReceiver receiver;
    private final int prefetch;
    private final Dialect dialect;
    private final Function<Message, Place> places;
    private final Dispositions settled = new Dispositions();
    private Promise<Delivery> asked;
    private Delivery arrived;
    private boolean draining;
    private long wait;
    private boolean open = true;
    private boolean stopped;

    Receiving(
            ContextInternal context,
            WholeReceiver receiver,
            int prefetch,
            Dialect dialect,
            Function<Message, Place> places) {
        this.context = context;
        this.receiver = receiver;
        this.prefetch = prefetch;
        this.dialect = dialect;
        this.places = places;
    }

    /** Has credit only for what is asked for by {@link #next}. */
    static Receiving onDemand(
            ContextInternal context, WholeReceiver receiver, Dialect dialect, Function<Message, Place> places) {
        return new Receiving(context, receiver, 0, dialect, places);
    }

    /** @return the next delivery, {@code null} if there is none; to be asked again once this has been answered */
    Future<Delivery> next() {
        var promise = context.<Delivery>promise();
        asked = promise;
        receiver.handler((proton, message) -> {
            arrived = new Amqp10Delivery(this, proton, message);
            if (!draining) {
                context.owner().cancelTimer(wait);
                answer(promise);
            }
        });
        if (arrived == null) {
            request(promise);
        } else {
            answer(promise);
        }
        return promise.future();
    }

    /** What comes when nobody waits for it any more is the next. */
    private void answer(Promise<Delivery> promise) {
        var next = arrived;
        arrived = null;
        if (!promise.tryComplete(next)) {
            arrived = next;
        }
    }

    /**
     * Takes the credit back only if nothing comes: the answer to a drain that a message has overtaken would be taken
     * for that to the next one, as Artemis gives it late.
     */
    private void request(Promise<Delivery> promise) {
        if (receiver.getCredit() == 0) {
            receiver.flow(1);
        }
        wait = context.setTimer(dialect.drains() ? DRAIN_MILLIS : SILENCE_MILLIS, id -> {
            if (!open) {
                return;
            }
            if (!dialect.drains()) {
                answer(promise);
            } else if (receiver.getCredit() == 0) {
                request(promise);
            } else {
                drain(promise);
            }
        });
    }

    private void drain(Promise<Delivery> promise) {
        draining = true;
        receiver.drain(Peer.PATIENCE.toMillis(), answered -> {
            draining = false;
            if (answered.succeeded()) {
                answer(promise);
            } else {
                promise.tryFail("the broker does not answer");
            }
        });
    }

    void begin(Handler<? super Amqp10Delivery> handler) {
        receiver.handler((proton, message) -> received(proton, message, handler));
        receiver.flow(prefetch);
    }

    private void received(ProtonDelivery proton, Message message, Handler<? super Amqp10Delivery> handler) {
        if (stopped) {
            // It was under way when the credit was taken back; nobody has looked at it.
            proton.disposition(Released.getInstance(), true);
        } else {
            context.dispatch(new Amqp10Delivery(this, proton, message), handler);
        }
    }

    MessageProperties meant(MessageProperties properties) {
        return dialect.received(properties);
    }

    Place place(Message message) {
        return places.apply(message);
    }

    boolean open() {
        return open;
    }

    /** From any thread. */
    void settle(Amqp10Delivery delivery, Settlement settlement) {
        var loop = context.nettyEventLoop();
        if (loop.inEventLoop()) {
            settleOnLoop(delivery, settlement);
        } else {
            loop.execute(() -> settleOnLoop(delivery, settlement));
        }
    }

    private void settleOnLoop(Amqp10Delivery delivery, Settlement settlement) {
        if (delivery.settled || !open) {
            return;
        }
        delivery.settled = true;
        settled.add(delivery.proton(), dialect.state(settlement));
        if (settled.count() == 1) {
            context.runOnContext(ignored -> write());
        }
    }

    private void write() {
        var credit = settled.count();
        settled.write();
        if (open && (stopped || prefetch == 0)) {
            Engine.flush(receiver);
        } else if (open) {
            receiver.flow(credit);
        }
    }

    /** Takes the credit back and grants it again, which has the broker look whether it has something for this link. */
    void grantAnew() {
        var credit = receiver.getCredit();
        if (open && !stopped && credit > 0) {
            receiver.flow(-credit);
            receiver.flow(credit);
        }
    }

    /** Takes back what credit is left; what has been received may still be settled. */
    void stop() {
        if (!stopped && open) {
            stopped = true;
            receiver.flow(-receiver.getCredit());
        }
    }

    /** The link goes: what is unsettled is the broker's again; what has been settled, the end of the session sends. */
    void end() {
        settled.write();
        open = false;
        if (asked != null) {
            asked.tryFail("the link is gone");
        }
    }
}
