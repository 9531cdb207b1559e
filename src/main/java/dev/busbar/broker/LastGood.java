package dev.busbar.broker;

import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.log.CleanLogger;
import java.util.concurrent.Callable;
import org.slf4j.Logger;

/**
 * Reads files anew each time it is asked, and answers with what they held before while they cannot be read: whoever
 * replaces them may not be done yet. Blocks; from any thread.
 */
final class LastGood<T> {

    private static final Logger LOG = CleanLogger.of(LastGood.class);

    private final String subject;
    private final Callable<T> reading;
    private T last;
    private String problem;

    /** @param subject what is read, by configuration key and path */
    LastGood(String subject, Callable<T> reading) {
        this.subject = subject;
        this.reading = reading;
    }

    /** @throws BrokerException if it has never been read */
    synchronized T read() {
        try {
            last = reading.call();
            if (problem != null) {
                LOG.info("{} can be read again, and is in use", subject);
                problem = null;
            }
        } catch (Exception e) {
            var reason = Causes.rootMessage(e);
            if (last == null) {
                throw new BrokerException(
                        Kind.REFUSED, subject + " cannot be used (" + reason + "): put the files right", e);
            }
            if (!reason.equals(problem)) {
                LOG.warn(
                        "{} cannot be used ({}): connecting with what was read before; put the files right",
                        subject,
                        reason);
                problem = reason;
            }
        }
        return last;
    }
}
