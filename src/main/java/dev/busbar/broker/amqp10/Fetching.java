package dev.busbar.broker.amqp10;

import dev.busbar.broker.Delivery;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.function.Function;
import org.apache.qpid.proton.message.Message;

/** The deliveries that are asked for one at a time; there is credit for no other. Confined to the event loop. */
final class Fetching extends ReceivingLink {

    private static final long DRAIN_MILLIS = 50;
    private static final long SILENCE_MILLIS = 500;

    private Promise<Delivery> asked;
    private Delivery arrived;
    private boolean draining;
    private long wait;

    Fetching(
            ContextInternal context,
            WholeReceiver receiver,
            Dialect dialect,
            Function<Message, MessageAddress> places) {
        super(context, receiver, dialect, places);
    }

    /** @return the next delivery, {@code null} if there is none; to be asked again once this has been answered */
    Future<Delivery> next() {
        var promise = context.<Delivery>promise();
        asked = promise;
        receiver.handler((proton, message) -> {
            arrived = delivery(proton, message);
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
            if (!open()) {
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

    @Override
    void settled(int count) {
        Engine.flush(receiver);
    }

    @Override
    void end() {
        super.end();
        if (asked != null) {
            asked.tryFail("the link is gone");
        }
    }
}
