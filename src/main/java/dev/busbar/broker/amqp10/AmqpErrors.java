package dev.busbar.broker.amqp10;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.DeprecatedFeature;
import dev.busbar.broker.Mismatch;
import dev.busbar.broker.StoppedQueue;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.apache.qpid.proton.amqp.transport.ErrorCondition;

/** Translates the error conditions of AMQP 1.0 (part 2, section 8), and exceptions of the client. */
final class AmqpErrors {

    private AmqpErrors() {}

    /**
     * Returns the failure for an error condition.
     *
     * @param error what the broker said; {@code null} if it said nothing
     * @param doing what was attempted, e.g. {@code declaring queue 'q'}
     */
    static BrokerException translate(ErrorCondition error, String doing) {
        if (error == null || error.getCondition() == null) {
            return new BrokerException(Kind.UNREACHABLE, "the broker ended it without a reason, " + doing);
        }
        return translate(error.getCondition().toString(), error.getDescription(), doing);
    }

    /**
     * Returns the failure for the name of an error condition.
     *
     * @param description may be {@code null}
     */
    static BrokerException translate(String condition, String description, String doing) {
        var said = ": the broker says " + condition + (description == null ? "" : " " + description);
        if (DeprecatedFeature.isMeant(description)) {
            return new BrokerException(Kind.REFUSED, "refused " + doing + said + DeprecatedFeature.REMEDY);
        }
        return switch (condition) {
            case "amqp:not-found" ->
                StoppedQueue.isMeant(description)
                        ? stopped(doing, said)
                        : new BrokerException(
                                Kind.NOT_FOUND,
                                "something is missing " + doing + said
                                        + ". Create it, or correct its name in the configuration");
            case "amqp:unauthorized-access" ->
                new BrokerException(Kind.FORBIDDEN, "not permitted " + doing + said + ". Grant the permission");
            case "amqp:not-allowed" -> notAllowed(description, doing, said);
            case "amqp:internal-error" -> internalError(description, doing, said);
            case "amqp:resource-locked" ->
                new BrokerException(
                        Kind.REFUSED,
                        "in use by another connection, exclusively, " + doing + said
                                + ". Stop the other, or choose another name");
            case "amqp:precondition-failed" -> mismatch(doing, said);
            case "amqp:resource-limit-exceeded", "amqp:link:message-size-exceeded" ->
                new BrokerException(
                        Kind.LIMIT, "a limit is reached " + doing + said + ". Raise it at the broker, or send less");
            case "amqp:resource-deleted", "amqp:link:detach-forced", "amqp:connection:forced" ->
                new BrokerException(Kind.UNREACHABLE, "the broker ended it " + doing + said);
            default -> new BrokerException(Kind.REFUSED, "failed " + doing + said);
        };
    }

    /** Returns the failure for a queue that exists, and cannot be used at the moment. */
    static BrokerException stopped(String doing, String said) {
        return new BrokerException(
                Kind.UNREACHABLE, "a queue cannot be used now, " + doing + said + StoppedQueue.REMEDY);
    }

    private static BrokerException notAllowed(String description, String doing, String said) {
        var lower = description == null ? "" : description.toLowerCase(Locale.ROOT);
        return lower.contains("permission") || lower.contains("denied")
                ? new BrokerException(Kind.FORBIDDEN, "not permitted " + doing + said + ". Grant the permission")
                : new BrokerException(Kind.REFUSED, "refused " + doing + said);
    }

    /** Translates an internal error, which Artemis reports for much that is no fault of its own. */
    private static BrokerException internalError(String description, String doing, String said) {
        var words = description == null ? "" : description;
        if (words.contains("permission") || words.contains("not authorized")) {
            return new BrokerException(Kind.FORBIDDEN, "not permitted " + doing + said + ". Grant the permission");
        }
        return words.contains("Maximum Consumer Limit")
                ? new BrokerException(
                        Kind.REFUSED,
                        "in use by another consumer " + doing + said + ". Stop the other, or choose another name")
                : new BrokerException(Kind.UNREACHABLE, "the broker ended it " + doing + said);
    }

    /** Returns the failure for something that may exist with other arguments. */
    static BrokerException mismatch(String doing, String said) {
        return new BrokerException(Kind.MISMATCH, "refused " + doing + said + Mismatch.REMEDY);
    }

    static BrokerException translate(Throwable failure, String doing) {
        if (failure instanceof BrokerException already) {
            return already;
        }
        if (failure instanceof TimeoutException) {
            return new BrokerException(Kind.UNREACHABLE, "the broker did not answer in time " + doing, failure);
        }
        return new BrokerException(
                Kind.REFUSED,
                "failed " + doing + ": " + (failure.getMessage() == null ? failure : failure.getMessage()),
                failure);
    }
}
