package dev.busbar.mq;

import dev.busbar.log.CleanLogger;
import dev.busbar.log.ThrottledLog;
import io.vertx.core.Future;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/** Calls one consumer's handler and counts its failures. Confined to the consumer's context, but for reading. */
final class Handling {

    private static final Logger LOG = CleanLogger.of(Handling.class);

    private final MessageHandler handler;
    private final ThrottledLog warnings;
    private final LongAdder failed = new LongAdder();

    Handling(MessageHandler handler, String subject) {
        this.handler = handler;
        this.warnings = new ThrottledLog(LOG, Level.WARN, subject);
    }

    /** Never throws; fails as the handler did. */
    Future<?> call(Event event) {
        Future<?> done;
        try {
            done = handler.handle(event);
        } catch (Exception | LinkageError | AssertionError e) {
            done = Future.failedFuture(e);
        }
        return done == null
                ? Future.succeededFuture()
                : done.onFailure(failure -> {
                    failed.increment();
                    warnings.add("the handler failed on '" + event.routingKey() + "': " + failure);
                });
    }

    void complain(String complaint) {
        warnings.add(complaint);
    }

    long failed() {
        return failed.sum();
    }
}
