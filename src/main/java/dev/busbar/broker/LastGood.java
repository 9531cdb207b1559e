package dev.busbar.broker;

import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.log.CleanLogger;
import java.util.concurrent.Callable;
import org.slf4j.Logger;

/**
 * Reads files anew each time, and returns the last content that was valid while the files cannot be read: they may be
 * about to be replaced. Blocks. May be called from any thread.
 */
final class LastGood<T> {

    private static final Logger LOG = CleanLogger.of(LastGood.class);

    private final String subject;
    private final Callable<T> reading;
    private T last;
    private String reportedProblem;

    /**
     * Makes a reader that has read nothing yet.
     *
     * @param subject the configuration key and the path, for messages
     * @param reading reads the files; fails if their content cannot be used
     */
    LastGood(String subject, Callable<T> reading) {
        this.subject = subject;
        this.reading = reading;
    }

    /**
     * Reads the files.
     *
     * @throws BrokerException if they cannot be read and never could
     */
    synchronized T read() {
        try {
            last = reading.call();
            if (reportedProblem != null) {
                LOG.info("{} can be read again, and is in use", subject);
                reportedProblem = null;
            }
        } catch (Exception e) {
            var reason = Causes.rootMessage(e);
            if (last == null) {
                throw new BrokerException(
                        Kind.REFUSED, subject + " cannot be used (" + reason + "): put the files right", e);
            }
            if (!reason.equals(reportedProblem)) {
                LOG.warn(
                        "{} cannot be used ({}): connecting with what was read before; put the files right",
                        subject,
                        reason);
                reportedProblem = reason;
            }
        }
        return last;
    }
}
