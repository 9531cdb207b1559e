package dev.busbar.wamp;

import dev.busbar.codec.BridgeMessage;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import java.util.List;
import java.util.function.Consumer;

/**
 * A subscription that has a {@link DurableQueue}. What it is given comes on its own context, all else is the place's.
 */
final class QueueConsumer {

    /** @param body the message's, decoded; {@code null} is one too */
    record Kept(BridgeMessage message, Object body) {}

    private final Context context;
    private final Consumer<List<Kept>> taking;
    /** Wants more; from the place's event loop only. */
    boolean hasRoom;
    /** Completes when the next may come; likewise. */
    Promise<Void> left;

    /** @param taking the messages are its own now: to be sent, or to be owed to the next */
    QueueConsumer(Context context, Consumer<List<Kept>> taking) {
        this.context = context;
        this.taking = taking;
    }

    void give(List<Kept> batch) {
        context.runOnContext(ignored -> taking.accept(batch));
    }

    /** Once everything given before has been dealt with. */
    void afterAll(Runnable work) {
        context.runOnContext(ignored -> work.run());
    }
}
