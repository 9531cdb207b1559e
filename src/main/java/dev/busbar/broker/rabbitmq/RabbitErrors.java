package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ShutdownSignalException;
import com.rabbitmq.client.impl.AMQImpl;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.Causes;
import dev.busbar.broker.DeprecatedFeature;
import dev.busbar.broker.Mismatch;
import dev.busbar.broker.PublishOutcome.Suspicion;
import dev.busbar.broker.StoppedQueue;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/**
 * Translates the exceptions of the Java client once a connection stands, by the reply codes of AMQP 0-9-1 section 1.2.
 */
final class RabbitErrors {

    /** Describes what is being done while no command is under way: what the broker refuses then is no declaration. */
    static final String USING = "while using it";

    private RabbitErrors() {}

    /**
     * Translates an exception of the Java client.
     *
     * @param doing what was attempted, e.g. {@code declaring queue 'q'}
     */
    static BrokerException translate(Throwable failure, String doing) {
        if (failure instanceof BrokerException already) {
            return already;
        }
        var closed = Causes.find(failure, ShutdownSignalException.class);
        if (closed != null && closed.getReason() instanceof AMQP.Channel.Close reason) {
            return refused(reason.getReplyCode(), reason.getReplyText(), doing, failure);
        }
        if (closed != null && closed.getReason() instanceof AMQP.Connection.Close reason) {
            return refused(reason.getReplyCode(), reason.getReplyText(), doing, failure);
        }
        if (Causes.find(failure, TimeoutException.class) != null) {
            return new BrokerException(Kind.UNREACHABLE, "the broker did not answer in time " + doing, failure);
        }
        if (closed == null ? Causes.find(failure, IOException.class) != null : closed.isHardError()) {
            return new BrokerException(
                    Kind.UNREACHABLE,
                    "the connection to the broker was lost " + doing + detail(closed, failure),
                    failure);
        }
        return new BrokerException(Kind.REFUSED, "failed " + doing + ": " + Causes.rootMessage(failure), failure);
    }

    /** Returns what the broker has closed, the channel or the connection, if perhaps over a message published on it. */
    static Suspicion suspicion(ShutdownSignalException closed) {
        if (closed.getReason() instanceof AMQP.Connection.Close reason) {
            // With class 0 the broker has not read as far as the method.
            var published = reason.getClassId() == 0 || reason.getClassId() == AMQImpl.Basic.INDEX;
            return published && reason.getReplyCode() != AMQP.CONNECTION_FORCED ? Suspicion.CONNECTION : Suspicion.NONE;
        }
        return closed.isHardError() || closed.isInitiatedByApplication() ? Suspicion.NONE : Suspicion.CHANNEL;
    }

    /** Returns the cause in parentheses, or nothing if the cause says no more than that the connection is gone. */
    private static String detail(ShutdownSignalException closed, Throwable failure) {
        var cause = closed == null ? failure : closed.getCause();
        return cause == null || cause.getMessage() == null ? "" : " (" + Causes.rootMessage(cause) + ")";
    }

    /**
     * Returns the reply code that RabbitMQ would use. Qpid Broker-J says 405 for other arguments, and 530 for a queue
     * that belongs to another connection.
     */
    private static int asRabbitMq(int code, String text) {
        return code == AMQP.RESOURCE_LOCKED && text.contains("re-declare")
                ? AMQP.PRECONDITION_FAILED
                : code == AMQP.NOT_ALLOWED && text.contains("is exclusive") ? AMQP.RESOURCE_LOCKED : code;
    }

    private static BrokerException refused(int code, String text, String doing, Throwable failure) {
        var said = ": the broker says " + code + " " + text;
        if (text.contains("larger than configured max size")) {
            return new BrokerException(
                    Kind.LIMIT, "too large " + doing + said + ". Raise max_message_size there, or send less", failure);
        }
        if (text.contains("delivery acknowledgement on channel")) {
            return new BrokerException(
                    Kind.UNREACHABLE,
                    "a message was not settled in time " + doing + said
                            + ". Let handlers reply sooner, have one listen, or raise consumer_timeout there",
                    failure);
        }
        if (DeprecatedFeature.isMeant(text)) {
            return new BrokerException(Kind.REFUSED, "refused " + doing + said + DeprecatedFeature.REMEDY, failure);
        }
        return switch (asRabbitMq(code, text)) {
            case AMQP.ACCESS_REFUSED ->
                // RabbitMQ's words for a queue that has an exclusive consumer, or any, if an exclusive one comes.
                text.contains("in exclusive use")
                        ? new BrokerException(
                                Kind.REFUSED,
                                "in use by another consumer, where one of them is exclusive, " + doing + said
                                        + ". Stop the other, which may be another instance or node of this Busbar; or set"
                                        + " from.consumer.exclusive to false",
                                failure)
                        : new BrokerException(
                                Kind.FORBIDDEN, "not permitted " + doing + said + ". Grant the permission", failure);
            case AMQP.NOT_FOUND ->
                StoppedQueue.isMeant(text)
                        ? new BrokerException(
                                Kind.UNREACHABLE,
                                "a queue cannot be used now, " + doing + said + StoppedQueue.REMEDY,
                                failure)
                        : new BrokerException(
                                Kind.NOT_FOUND,
                                "something is missing " + doing + said
                                        + ". Create it, or correct its name in the configuration",
                                failure);
            case AMQP.RESOURCE_LOCKED ->
                new BrokerException(
                        Kind.REFUSED,
                        "in use by another connection, exclusively, " + doing + said
                                + ". Stop the other, or choose another name",
                        failure);
            case AMQP.PRECONDITION_FAILED, AMQP.NOT_ALLOWED, AMQP.NOT_IMPLEMENTED, 542 ->
                mismatch(doing, said, failure);
            case AMQP.RESOURCE_ERROR, AMQP.CONTENT_TOO_LARGE ->
                new BrokerException(
                        Kind.LIMIT,
                        "a limit is reached " + doing + said + ". Raise it at the broker, or send less",
                        failure);
            default ->
                new BrokerException(mayPass(code) ? Kind.UNREACHABLE : Kind.REFUSED, "failed " + doing + said, failure);
        };
    }

    private static BrokerException mismatch(String doing, String said, Throwable failure) {
        return new BrokerException(
                Kind.MISMATCH, "refused " + doing + said + (doing.equals(USING) ? "" : Mismatch.REMEDY), failure);
    }

    /** Returns whether the broker closed for reasons of its own, so that another attempt makes sense. */
    static boolean mayPass(int replyCode) {
        return replyCode == AMQP.CONNECTION_FORCED || replyCode == AMQP.INTERNAL_ERROR;
    }
}
