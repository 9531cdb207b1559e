package dev.busbar.broker.amqp10;

import dev.busbar.broker.BindingChange;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.QueueDepth;
import dev.busbar.broker.Topology;
import dev.busbar.config.Declaration;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.QueueConfig;
import dev.busbar.log.CleanLogger;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.message.Message;
import org.slf4j.Logger;

/**
 * Manages Broker-J's objects by requests to its {@code $management} node in the manner of the AMQP management draft: a
 * request has a type, an operation, an object path, and attributes in the body; an answer has a status as in HTTP.
 */
final class QpidManagement {

    private static final String MANAGEMENT_TYPE = "org.amqp.management";
    private static final String QUEUE_TYPE = "org.apache.qpid.Queue";
    private static final String EXCHANGE_TYPE = "org.apache.qpid.Exchange";

    private static final Logger LOG = CleanLogger.of(QpidManagement.class);
    private static final String UNROUTABLE = "unroutableMessageBehaviour";
    private static final RequestLink.Form NODE = new RequestLink.Form("$management", false);
    private static final int NOT_FOUND = 404;
    private static final int FORBIDDEN = 403;
    private static final int CONFLICT = 409;

    private final Peer peer;

    QpidManagement(Peer peer) {
        this.peer = peer;
    }

    /** Completes with whatever the broker answers. */
    Future<Void> ping() {
        return ask("getStatistics", EXCHANGE_TYPE, "amq.direct", Map.of(), Map.of(), "looking whether it is there")
                .mapEmpty();
    }

    Future<Void> declare(ExchangeConfig exchange) {
        if (exchange.isAwaited()) {
            return find(exchange);
        } else if (!exchange.isDeclared()) {
            return Future.succeededFuture();
        }
        var refusal = QpidRefusals.exchange(exchange);
        if (refusal != null) {
            return Future.failedFuture(refusal);
        }
        var wanted = new LinkedHashMap<String, Object>();
        wanted.put("qpid-type", exchange.type());
        wanted.put("durable", exchange.durable());
        wanted.put("lifetimePolicy", exchange.autoDelete() ? "DELETE_ON_NO_LINKS" : "PERMANENT");
        var arguments = new HashMap<String, Object>(exchange.arguments());
        return declare(EXCHANGE_TYPE, "exchange", exchange.name(), wanted, arguments, Map.of(UNROUTABLE, "REJECT"));
    }

    /** Fails with {@code NOT_FOUND} if there is no such exchange. */
    Future<Void> find(ExchangeConfig exchange) {
        return read(EXCHANGE_TYPE, exchange.name(), "looking for exchange '" + exchange.name() + "'")
                .mapEmpty();
    }

    /**
     * Warns of an exchange made by others for which Broker-J confirms what no queue takes: nobody would be told of a
     * loss.
     */
    Future<Void> warnOfDiscards(ExchangeConfig used) {
        var exchange = used.name();
        if (exchange.isEmpty() || used.declare() == Declaration.FALSE) {
            return Future.succeededFuture();
        }
        return read(EXCHANGE_TYPE, exchange, "looking at exchange '" + exchange + "'")
                .onSuccess(attributes -> {
                    if ("DISCARD".equals(attributes.get(UNROUTABLE))) {
                        LOG.warn(
                                "exchange '{}' confirms what no queue takes, mandatory or not: set its {} to REJECT",
                                exchange,
                                UNROUTABLE);
                    }
                })
                .mapEmpty();
    }

    Future<Void> declare(String name, Topology topology) {
        var queue = topology.queue();
        var refusal = QpidRefusals.queue(name, queue);
        if (refusal != null) {
            return Future.failedFuture(refusal);
        }
        var wanted = new LinkedHashMap<String, Object>();
        wanted.put("durable", queue.durable());
        wanted.put("lifetimePolicy", lifetime(queue));
        wanted.put("exclusive", queue.exclusive() ? "CONNECTION" : "NONE");
        if (topology.singleActive()) {
            wanted.put("maximumLiveConsumers", 1);
        }
        return declare(QUEUE_TYPE, "queue", name, wanted, queue.arguments(), Map.of());
    }

    private static String lifetime(QueueConfig queue) {
        return queue.exclusive()
                ? "DELETE_ON_CONNECTION_CLOSE"
                : queue.autoDelete() ? "DELETE_ON_NO_OUTBOUND_LINKS" : "PERMANENT";
    }

    /**
     * Declares an object, or compares the one that exists. Arguments are attributes of Broker-J's, e.g.
     * {@code maximumQueueDepthMessages}.
     *
     * @param initial attributes for a new object, in which one that exists may differ
     */
    private Future<Void> declare(
            String type,
            String kind,
            String name,
            Map<String, Object> wanted,
            Map<String, Object> arguments,
            Map<String, Object> initial) {
        var doing = "declaring " + kind + " '" + name + "'";
        var attributes = new HashMap<String, Object>(initial);
        attributes.putAll(arguments);
        attributes.putAll(wanted);
        attributes.put("name", name);
        return ask("CREATE", type, null, Map.of(), attributes, doing).compose(answer -> switch (status(answer)) {
            case CONFLICT -> compare(type, kind, name, wanted, arguments);
            default -> succeeded(answer, doing).mapEmpty();
        });
    }

    private Future<Void> compare(
            String type, String kind, String name, Map<String, Object> wanted, Map<String, Object> arguments) {
        var doing = "declaring " + kind + " '" + name + "'";
        return read(type, name, doing).compose(present -> {
            var all = new LinkedHashMap<>(wanted);
            all.putAll(arguments);
            var differences = all.entrySet().stream()
                    .filter(it -> !String.valueOf(it.getValue()).equals(String.valueOf(present.get(it.getKey()))))
                    .map(it -> it.getKey() + " is " + present.get(it.getKey()) + ", not " + it.getValue())
                    .toList();
            return differences.isEmpty()
                    ? Future.succeededFuture()
                    : Future.failedFuture(AmqpErrors.mismatch(
                            doing,
                            ": " + String.join("; ", differences) + ". wanted: " + kind + " '" + name + "', " + all));
        });
    }

    /** Binds a queue by all filters of the topology. */
    Future<Void> bindAll(String queue, Topology topology) {
        return Batches.all(topology.filters(), filter -> bind(queue, topology, new BindingChange(filter, true)));
    }

    /** Adds a binding, or takes it away. */
    Future<Void> bind(String queue, Topology topology, BindingChange change) {
        var exchange = topology.exchange().name();
        var arguments = new HashMap<String, Object>();
        arguments.put("destination", queue);
        arguments.put("bindingKey", change.filter().toString());
        if (change.bound() && !topology.bindingArguments().isEmpty()) {
            // A map within the application properties of a message has to be written as JSON.
            arguments.put("arguments", new JsonObject(topology.bindingArguments()).encode());
        }
        var doing = change.doing(queue, exchange);
        return ask(change.bound() ? "bind" : "unbind", EXCHANGE_TYPE, exchange, arguments, Map.of(), doing)
                .compose(answer -> succeeded(answer, doing))
                .mapEmpty();
    }

    Future<QueueDepth> depth(String queue) {
        var doing = "counting the messages of queue '" + queue + "'";
        return ask("getStatistics", QUEUE_TYPE, queue, Map.of(), Map.of(), doing)
                .compose(answer -> succeeded(answer, doing))
                .map(answer -> {
                    var statistics = attributes(answer);
                    var messages = count(statistics, "queueDepthMessages");
                    return new QueueDepth(
                            Math.max(0, messages - count(statistics, "unacknowledgedMessages")),
                            count(statistics, "consumerCount"));
                });
    }

    Future<List<String>> queueNames() {
        return names(QUEUE_TYPE, "looking for queues of like names");
    }

    Future<List<String>> exchangeNames() {
        return names(EXCHANGE_TYPE, "looking for exchanges of like names");
    }

    private Future<List<String>> names(String type, String doing) {
        var which = Map.<String, Object>of("entityType", type, "identity", "self");
        return ask("QUERY", MANAGEMENT_TYPE, null, which, Map.of("attributeNames", List.of("name")), doing)
                .compose(answer -> succeeded(answer, doing))
                .map(answer -> attributes(answer).get("results") instanceof List<?> rows
                        ? rows.stream()
                                .filter(row -> row instanceof List<?> values && values.size() == 1)
                                .map(row -> String.valueOf(((List<?>) row).get(0)))
                                .toList()
                        : List.of());
    }

    private static long count(Map<?, ?> statistics, String name) {
        return statistics.get(name) instanceof Number count ? count.longValue() : 0;
    }

    /** Deletes a queue, and returns {@code false} if it has consumers and stays. */
    Future<Boolean> deleteQueueIfUnused(String name) {
        var doing = "deleting queue '" + name + "'";
        return ask("getStatistics", QUEUE_TYPE, name, Map.of(), Map.of(), doing).compose(present -> {
            if (status(present) == NOT_FOUND) {
                return Future.succeededFuture(true);
            }
            return succeeded(present, doing).compose(answer -> {
                if (attributes(answer).get("consumerCount") instanceof Number count && count.longValue() > 0) {
                    return Future.succeededFuture(false);
                }
                return ask("DELETE", QUEUE_TYPE, name, Map.of(), Map.of(), doing)
                        .compose(gone -> status(gone) == NOT_FOUND
                                ? Future.succeededFuture(true)
                                : succeeded(gone, doing).map(true));
            });
        });
    }

    private Future<Map<?, ?>> read(String type, String name, String doing) {
        // Otherwise the answer has only the attributes that were set when the object was made.
        var effective = Map.<String, Object>of("actuals", false);
        return ask("READ", type, name, effective, Map.of(), doing)
                .compose(answer -> succeeded(answer, doing))
                .map(QpidManagement::attributes);
    }

    /** @param path the path of the object; {@code null} to create one */
    private Future<Message> ask(
            String operation,
            String type,
            String path,
            Map<String, Object> arguments,
            Map<String, Object> attributes,
            String doing) {
        var headers = new HashMap<String, Object>(arguments);
        headers.put("operation", operation);
        headers.put("type", type);
        if (path != null) {
            headers.put("index", "object-path");
            headers.put("key", path.replaceAll("[\\\\/]", "\\\\$0"));
        }
        var request = Proton.message();
        request.setApplicationProperties(new ApplicationProperties(headers));
        request.setBody(new AmqpValue(attributes));
        return peer.requests(NODE).ask(request, doing);
    }

    private static Map<?, ?> attributes(Message answer) {
        return answer.getBody() instanceof AmqpValue value && value.getValue() instanceof Map<?, ?> map
                ? map
                : Map.of();
    }

    private static int status(Message answer) {
        return header(answer, "statusCode") instanceof Number code ? code.intValue() : 0;
    }

    private static Object header(Message answer, String name) {
        var properties = answer.getApplicationProperties();
        return properties == null ? null : properties.getValue().get(name);
    }

    private static Future<Message> succeeded(Message answer, String doing) {
        var status = status(answer);
        if (status >= 200 && status < 300) {
            return Future.succeededFuture(answer);
        }
        var said = ": the broker says " + status + " " + header(answer, "statusDescription");
        return Future.failedFuture(
                switch (status) {
                    case NOT_FOUND ->
                        new BrokerException(
                                Kind.NOT_FOUND,
                                "something is missing " + doing + said + ". Create it, or correct its name");
                    case FORBIDDEN ->
                        new BrokerException(Kind.FORBIDDEN, "not permitted " + doing + said + ". Grant the permission");
                    default -> new BrokerException(Kind.REFUSED, "failed " + doing + said);
                });
    }
}
