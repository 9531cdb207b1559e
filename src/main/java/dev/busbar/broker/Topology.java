package dev.busbar.broker;

import static java.util.Objects.requireNonNull;

import dev.busbar.config.Declaration;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.QueueConfig;
import dev.busbar.topic.TopicFilter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Describes what has to exist on the broker. Declared again after every reconnect; what exists with other arguments is
 * an error and is never deleted.
 *
 * @param exchange declared unless it is the default exchange, one of the broker's own ({@code amq.*}), or says
 *     otherwise
 * @param queue declared and bound; {@code null} when only the exchange matters
 * @param filters one binding each
 * @param bindingArguments the arguments of each binding
 * @param singleActive whether the broker is to give the messages of the queue to one of all its consumers, in order,
 *     and to the next when that one is gone
 * @param others whether others declare the queue: the queue is looked for, and neither it nor the exchange is declared
 * @param names among which may be the one that was meant, if a queue or an exchange of others is missing
 */
public record Topology(
        ExchangeConfig exchange,
        QueueConfig queue,
        List<TopicFilter> filters,
        Map<String, Object> bindingArguments,
        boolean singleActive,
        boolean others,
        KnownNames names) {

    /** The words of RabbitMQ, and of Broker-J, for a binding whose queue is missing, crashed, or on a node that is. */
    private static final Pattern QUEUE_MISSING = Pattern.compile("queue '[^']*' in vhost|Queue \\S+ does not exist");

    public Topology {
        requireNonNull(exchange, "exchange");
        filters = List.copyOf(filters);
        bindingArguments = Map.copyOf(bindingArguments);
        if (queue == null && !filters.isEmpty()) {
            throw new IllegalArgumentException("a binding needs a queue");
        }
        if (others && (queue == null || queue.name() == null || !filters.isEmpty())) {
            throw new IllegalArgumentException("a queue of others has a name, and the bindings they gave it");
        }
    }

    public Topology(
            ExchangeConfig exchange,
            QueueConfig queue,
            List<TopicFilter> filters,
            boolean singleActive,
            boolean others) {
        this(exchange, queue, filters, Map.of(), singleActive, others, KnownNames.NONE);
    }

    public Topology(ExchangeConfig exchange, QueueConfig queue, List<TopicFilter> filters, boolean singleActive) {
        this(exchange, queue, filters, singleActive, queue != null && queue.isOfOthers());
    }

    public Topology(ExchangeConfig exchange, QueueConfig queue, List<TopicFilter> filters) {
        this(exchange, queue, filters, false);
    }

    /** Returns a topology of an exchange without a queue. */
    public static Topology of(ExchangeConfig exchange) {
        return new Topology(exchange, null, List.of());
    }

    /** Returns a topology with the same queue and other bindings. */
    public Topology bound(List<TopicFilter> by) {
        return new Topology(exchange, queue, by, bindingArguments, singleActive, others, names);
    }

    /** Returns the same topology with other names, among which may be one that was meant. */
    public Topology knowing(KnownNames meant) {
        return new Topology(exchange, queue, filters, bindingArguments, singleActive, others, meant);
    }

    /**
     * Returns whether a queue of others has to be compared with what is configured: if it has arguments, by which it
     * works as the route expects, and the configuration does not say that it is not to be declared. To declare an equal
     * queue once more does not change it.
     */
    public boolean isCompared() {
        return queue.declare() == null
                && (singleActive
                        || queue.arguments().keySet().stream()
                                .anyMatch(it -> !it.equals(RabbitMqArguments.STREAM_OFFSET)));
    }

    /** Returns whether Busbar declares the queue, or, if there is none, the exchange. */
    public boolean isDeclared() {
        return queue == null ? exchange.isDeclared() : !others;
    }

    /** Returns whether what exists has to have the properties that are configured. */
    public boolean hasToFit() {
        return isDeclared() || others && isCompared();
    }

    /** Returns whether a queue of others is consumed without looking for it first. */
    public boolean isTrusted() {
        return others && queue.declare() == Declaration.FALSE;
    }

    /**
     * Returns the failure to look for the queue or to consume it, or, if it is one of others that does not exist, a
     * failure that names it and says what to do.
     */
    public Throwable queueExplained(Throwable failure) {
        return lacksQueue(failure)
                ? new BrokerException(
                        BrokerException.Kind.AWAITED,
                        "queue '" + queue.name() + "' does not exist: the route waits for others to declare it."
                                + names.nearQueue(queue.name()) + " Declare it, correct its name, or "
                                + (queue.declare() == null ? "add a filter" : "set from.queue.declare to true")
                                + " to have it declared",
                        failure)
                : failure;
    }

    /**
     * Returns the failure to look for the exchange, to attach to it or to bind a queue to it, or, if it is one of
     * others that does not exist, a failure that names it and says what to do.
     */
    public Throwable exchangeExplained(Throwable failure) {
        return lacksExchange(failure)
                ? new BrokerException(
                        BrokerException.Kind.AWAITED,
                        "exchange '" + exchange.name() + "' does not exist, and others are to declare it."
                                + names.nearExchange(exchange.name())
                                + " Declare it, correct its name, or set its declare to true",
                        failure)
                : failure;
    }

    /** Returns whether a failure says that the queue, which is one of others, does not exist. */
    public boolean lacksQueue(Throwable failure) {
        return others && isNotFound(failure);
    }

    /** Returns whether a failure says that the exchange, which is one of others, does not exist. */
    public boolean lacksExchange(Throwable failure) {
        return !others
                && !exchange.isPredefined()
                && !exchange.isDeclared()
                && isNotFound(failure)
                && !saysThatQueueIsMissing(failure);
    }

    private static boolean isNotFound(Throwable failure) {
        return failure instanceof BrokerException known && known.kind() == BrokerException.Kind.NOT_FOUND;
    }

    private static boolean saysThatQueueIsMissing(Throwable failure) {
        return QUEUE_MISSING.matcher(failure.getMessage()).find();
    }

    /**
     * Returns the same topology with another stream offset.
     *
     * @param offset as of the argument {@code x-stream-offset}; {@code null} for the broker's default
     */
    public Topology readFrom(Object offset) {
        var arguments = new HashMap<>(queue.arguments());
        arguments.remove(RabbitMqArguments.STREAM_OFFSET);
        if (offset != null) {
            arguments.put(RabbitMqArguments.STREAM_OFFSET, offset);
        }
        return new Topology(exchange, queue.with(arguments), filters, bindingArguments, singleActive, others, names);
    }

    /**
     * Returns whether messages reach the queue through the exchange: the queue is bound, or has no name by which it
     * could be addressed, so that it can only be meant to be bound.
     */
    public boolean isBound() {
        return !filters.isEmpty()
                || queue != null && queue.name() == null && !exchange.name().isEmpty();
    }
}
