package dev.busbar.broker.amqp10;

import dev.busbar.broker.Delivery;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.function.Function;
import org.apache.qpid.proton.message.Message;

/** Receives deliveries that are asked for one at a time, and has credit for no other. Confined to the event loop. */
final class Fetching extends ReceivingLink {

    private static final long DRAIN_AFTER_MILLIS = 50;
    private static final long EMPTY_AFTER_MILLIS = 500;

    private Promise<Delivery> asked;
    private Delivery arrived;
    private boolean draining;
    private long timer;

    Fetching(
            ContextInternal context,
            WholeReceiver receiver,
            Dialect dialect,
            Function<Message, MessageAddress> addresses) {
        super(context, receiver, dialect, addresses);
    }

    /** Returns the next delivery, or {@code null} if there is none. May be called again once it has completed. */
    Future<Delivery> next() {
        var promise = context.<Delivery>promise();
        asked = promise;
        receiver.handler((proton, message) -> {
            arrived = delivery(proton, message);
            if (!draining) {
                context.owner().cancelTimer(timer);
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

    /** Completes with the delivery that has arrived. If nobody waits for it any more, it is the next one. */
    private void answer(Promise<Delivery> promise) {
        var next = arrived;
        arrived = null;
        if (!promise.tryComplete(next)) {
            arrived = next;
        }
    }

    /**
     * Grants credit for one message, and takes it back only if nothing comes. The answer to a drain that a message has
     * overtaken would be taken for the answer to the next drain, as Artemis gives it late.
     */
    private void request(Promise<Delivery> promise) {
        if (receiver.getCredit() == 0) {
            receiver.flow(1);
        }
        timer = context.setTimer(dialect.drains() ? DRAIN_AFTER_MILLIS : EMPTY_AFTER_MILLIS, id -> {
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
        receiver.drain(Peer.ANSWER_TIMEOUT.toMillis(), answered -> {
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
        ProtonEngine.flush(receiver);
    }

    @Override
    void end() {
        super.end();
        if (asked != null) {
            asked.tryFail("the link is gone");
        }
    }
}
