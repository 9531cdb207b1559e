package dev.busbar.broker.amqp10;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.Mismatch;
import dev.busbar.broker.Topology;
import dev.busbar.config.Declaration;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.log.CleanLogger;
import io.vertx.core.Future;
import java.util.Set;
import org.slf4j.Logger;

/** Declares exchanges, queues and bindings as addresses and queues of Artemis; see {@link ArtemisDialect}. */
final class ArtemisTopology {

    private static final Logger LOG = CleanLogger.of(ArtemisTopology.class);
    private static final Set<String> EXCHANGE_TYPES = Set.of("topic", "direct", "fanout");

    private final ArtemisManagement management;

    ArtemisTopology(ArtemisManagement management) {
        this.management = management;
    }

    /** Declares an exchange as an address. */
    Future<Void> declare(ExchangeConfig exchange) {
        var name = exchange.name();
        if (name.isEmpty() || name.equals(ArtemisDialect.ADDRESSES) || exchange.declare() == Declaration.FALSE) {
            return Future.succeededFuture();
        } else if (exchange.isAwaited()) {
            return find(name);
        }
        var refusal = refusal(exchange);
        return refusal == null
                ? declareAddress(exchange, "declaring exchange '" + name + "'")
                : Future.failedFuture(refusal);
    }

    /** Returns why Artemis cannot have an exchange; {@code null} if it can. */
    static BrokerException refusal(ExchangeConfig exchange) {
        var name = exchange.name();
        var problem = ArtemisDialect.problem("exchange", name);
        if (exchange.isPredefined()) {
            return unsupported("exchange '" + name + "'", "use " + ArtemisDialect.ADDRESSES + ", or another name");
        } else if (problem != null) {
            return unsupported(problem, "choose another name");
        } else if (!EXCHANGE_TYPES.contains(exchange.type())) {
            return unsupported(
                    "exchange of type " + exchange.type() + ", as '" + name + "' is to be",
                    "use topic, direct or fanout");
        } else if (exchange.autoDelete() || exchange.internal()) {
            return unsupported(
                    "exchanges that are autoDelete or internal, as '" + name + "' is to be",
                    "leave both out, and set auto-delete-addresses in the broker's address-settings");
        } else if (!exchange.arguments().isEmpty()) {
            return unsupported(
                    "arguments of exchanges, as '" + name + "' has "
                            + exchange.arguments().keySet(),
                    "leave them out, and set what you need in the broker's address-settings");
        }
        return null;
    }

    /** Fails with {@code NOT_FOUND} if there is no such address. */
    Future<Void> find(String exchange) {
        return management
                .routingTypes(exchange, "looking for exchange '" + exchange + "'")
                .compose(types -> types != null
                        ? Future.succeededFuture()
                        : Future.failedFuture(
                                new BrokerException(Kind.NOT_FOUND, "there is no address '" + exchange + "'")));
    }

    private Future<Void> declareAddress(ExchangeConfig exchange, String doing) {
        return management.routingTypes(exchange.name(), doing).compose(types -> {
            if (types == null) {
                return management
                        .createAddress(exchange.name(), ArtemisDialect.MULTICAST, doing)
                        .compose(created -> created ? Future.succeededFuture() : declareAddress(exchange, doing));
            }
            return types.contains(ArtemisDialect.MULTICAST)
                    ? Future.succeededFuture()
                    : mismatch(
                            doing,
                            "an address of this name exists with routing type " + types + "; wanted: exchange '"
                                    + exchange.name() + "', type " + exchange.type()
                                    + ", which is an address with routing type " + ArtemisDialect.MULTICAST);
        });
    }

    /**
     * Declares a queue, and returns it as it is on the broker.
     *
     * @param rebound whether a queue that differs by nothing but its filters gets the filters of the topology
     */
    Future<ArtemisQueue> declare(String name, Topology topology, boolean rebound) {
        var refusal = refusal(name, topology);
        if (refusal != null) {
            return Future.failedFuture(refusal);
        }
        var wanted = ArtemisQueueSpec.of(name, topology);
        var doing = "declaring queue '" + name + "'";
        return declare(name, wanted, rebound, doing)
                .compose(queue -> topology.queue().exclusive() && queue.consumers() > 0
                        ? Future.failedFuture(new BrokerException(
                                Kind.REFUSED,
                                "in use by another connection, exclusively, " + doing
                                        + ". Stop the other, or choose another name"))
                        : Future.succeededFuture(queue));
    }

    /** Returns why Artemis cannot have a queue; {@code null} if it can. */
    static BrokerException refusal(String name, Topology topology) {
        if (!topology.bindingArguments().isEmpty()) {
            return unsupported(
                    "arguments of bindings, as queue '" + name + "' is to have "
                            + topology.bindingArguments().keySet(),
                    "leave them out, and use filters");
        }
        try {
            ArtemisQueueSpec.of(name, topology);
            return null;
        } catch (IllegalArgumentException e) {
            return new BrokerException(Kind.MISMATCH, "cannot declare queue '" + name + "': " + e.getMessage());
        }
    }

    private Future<ArtemisQueue> declare(String name, ArtemisQueueSpec wanted, boolean rebound, String doing) {
        return management
                .queue(name, doing)
                .compose(existing -> existing != null
                        ? Future.succeededFuture(existing)
                        : management
                                .createQueue(wanted.configuration(), doing)
                                .compose(ignored -> management.queue(name, doing)))
                .compose(existing -> {
                    if (existing == null) {
                        return Future.failedFuture(new BrokerException(
                                Kind.UNREACHABLE, "it has been deleted at once by somebody else " + doing));
                    }
                    if (rebound && wanted.differsByFilter(existing)) {
                        return management
                                .updateFilter(name, wanted.filter(), doing)
                                .map(existing);
                    }
                    var differences = wanted.differences(existing);
                    return differences == null ? Future.succeededFuture(existing) : mismatch(doing, differences);
                });
    }

    /**
     * Warns if Artemis drops messages that are given back too often, because their address has no dead-letter address.
     */
    Future<Void> warnOfDrops(ArtemisQueue queue) {
        return management
                .settings(queue.address(), "looking at queue '" + queue.name() + "'")
                .onSuccess(settings -> {
                    var attempts = settings.getInteger("maxDeliveryAttempts", -1);
                    if (attempts > 0
                            && settings.getString("deadLetterAddress", "").isEmpty()) {
                        LOG.warn(
                                "queue '{}': Artemis drops a message that consumers have given back or lost {} times, as"
                                        + " address '{}' has no dead-letter-address. Set one, or max-delivery-attempts"
                                        + " to -1",
                                queue.name(),
                                attempts,
                                queue.address());
                    }
                })
                .mapEmpty();
    }

    private static <T> Future<T> mismatch(String doing, String said) {
        return Future.failedFuture(
                new BrokerException(Kind.MISMATCH, "refused " + doing + ": " + said + Mismatch.REMEDY));
    }

    private static BrokerException unsupported(String what, String remedy) {
        return new BrokerException(Kind.MISMATCH, "Artemis has no " + what + ": " + remedy);
    }
}
