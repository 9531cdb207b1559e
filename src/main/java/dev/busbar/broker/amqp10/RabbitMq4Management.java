package dev.busbar.broker.amqp10;

import dev.busbar.broker.BindingChange;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.DeprecatedFeature;
import dev.busbar.broker.Permission;
import dev.busbar.broker.QueueDepth;
import dev.busbar.broker.RabbitMqArguments;
import dev.busbar.broker.StoppedQueue;
import dev.busbar.broker.Topology;
import dev.busbar.broker.UnchangedQueues;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.QueueConfig;
import io.vertx.core.Future;
import java.util.Map;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.message.Message;

/**
 * Manages RabbitMQ 4's exchanges, queues and bindings by requests to its {@code /management} node in the manner of
 * HTTP: the subject of a request is the method, its {@code to} the path, and the subject of an answer the status.
 */
final class RabbitMq4Management {

    private static final RequestLink.Form NODE = new RequestLink.Form("/management", true);
    private static final String NOT_FOUND = "404";
    private static final String CONFLICT = "409";

    /**
     * How often a queue is looked at before it counts as consumed: the broker answers the end of a session before it
     * counts off the consumers of that session.
     */
    private static final int MAX_CONSUMER_LOOKS = 4;

    private static final long CONSUMER_LOOK_PERIOD_MILLIS = 50;

    private final Peer peer;

    RabbitMq4Management(Peer peer) {
        this.peer = peer;
    }

    Future<Void> declare(ExchangeConfig exchange) {
        if (!exchange.isDeclared()) {
            return Future.succeededFuture();
        }
        var wanted = Map.of(
                "type", exchange.type(),
                "durable", exchange.durable(),
                "auto_delete", exchange.autoDelete(),
                "internal", exchange.internal(),
                "arguments", exchange.arguments());
        return declare(RabbitMq4Address.exchange(exchange.name()), wanted, "exchange '" + exchange.name() + "'");
    }

    Future<Void> declare(String name, Topology topology) {
        var arguments = RabbitMqArguments.of(topology, true);
        var queue = topology.queue();
        return declare(name, queue, arguments.all())
                .recover(failure -> arguments.additionIsRefused(failure)
                        ? declare(name, queue, arguments.configured())
                                .onSuccess(ignored ->
                                        UnchangedQueues.warn(peer.context().owner(), name, arguments, true, failure))
                        : Future.failedFuture(failure));
    }

    /** Fails with {@code NOT_FOUND} if there is no such queue. Waits while the broker takes no requests. */
    Future<Void> find(String queue) {
        var doing = "looking for queue '" + queue + "'";
        return ask("GET", RabbitMq4Address.queue(queue), null, doing)
                .compose(answer -> succeeded(answer, doing))
                .mapEmpty();
    }

    private Future<Void> declare(String name, QueueConfig queue, Map<String, Object> arguments) {
        var wanted = Map.of(
                "durable", queue.durable(),
                "exclusive", queue.exclusive(),
                "auto_delete", queue.autoDelete(),
                "arguments", arguments);
        return declare(RabbitMq4Address.queue(name), wanted, "queue '" + name + "'");
    }

    private Future<Void> declare(String path, Map<String, Object> wanted, String what) {
        var doing = "declaring " + what;
        return ask("PUT", path, wanted, doing)
                .compose(answer -> status(answer).equals(CONFLICT)
                        ? Future.failedFuture(
                                AmqpErrors.mismatch(doing, said(answer) + ". wanted: " + what + " with " + wanted))
                        : succeeded(answer, doing))
                .mapEmpty();
    }

    /** Fails as {@link #find} does. */
    Future<Boolean> isAutoDelete(String queue) {
        var doing = "looking at queue '" + queue + "'";
        return ask("GET", RabbitMq4Address.queue(queue), null, doing)
                .compose(answer -> succeeded(answer, doing))
                .map(answer ->
                        body(answer) instanceof Map<?, ?> found && Boolean.TRUE.equals(found.get("auto_delete")));
    }

    /** Binds a queue by all filters of the topology. */
    Future<Void> bindAll(String queue, Topology topology) {
        return Batches.all(topology.filters(), filter -> bind(queue, topology, new BindingChange(filter, true)));
    }

    /**
     * Adds a binding, or takes it away; does not fail if there is none to take away. Taking away is asked once: done
     * once more, and late, it would take away the same binding made since.
     */
    Future<Void> bind(String queue, Topology topology, BindingChange change) {
        var exchange = topology.exchange().name();
        var doing = change.doing(queue, exchange);
        var key = change.filter().toString();
        var answer = change.bound()
                ? ask(
                        "POST",
                        "/bindings",
                        Map.of(
                                "source",
                                exchange,
                                "destination_queue",
                                queue,
                                "binding_key",
                                key,
                                "arguments",
                                topology.bindingArguments()),
                        doing)
                : peer.requests(NODE)
                        .askOnce(request("DELETE", RabbitMq4Address.binding(exchange, queue, key), null), doing);
        return answer.compose(given -> succeeded(given, doing)).mapEmpty();
    }

    /**
     * Asks for the permission to declare a queue, by a request that cannot succeed: the broker looks at the permission
     * first.
     *
     * @return fails with {@code FORBIDDEN} without the permission, and else with another kind
     */
    Future<Void> ask(Permission.DeclareQueue asked) {
        var doing = "asking for the permission to " + asked;
        var invalidExpiry = Map.<String, Object>of("x-expires", "never");
        return ask(
                        "PUT",
                        RabbitMq4Address.queue(asked.queue()),
                        Map.of("durable", true, "exclusive", false, "auto_delete", false, "arguments", invalidExpiry),
                        doing)
                .compose(answer -> succeeded(answer, doing))
                .mapEmpty();
    }

    /**
     * Asks for the permission to bind, by taking away a binding that does not exist.
     *
     * @return fails with {@code FORBIDDEN} without the permission
     */
    Future<Void> ask(Permission.Bind asked) {
        var doing = "asking for the permission to " + asked;
        var path = RabbitMq4Address.bindingWithoutEqual(asked.exchange(), asked.queue(), asked.key());
        return ask("DELETE", path, null, doing)
                .compose(answer -> succeeded(answer, doing))
                .mapEmpty();
    }

    Future<QueueDepth> depth(String queue) {
        var doing = "counting the messages of queue '" + queue + "'";
        return askNow("GET", RabbitMq4Address.queue(queue), doing)
                .compose(answer -> succeeded(answer, doing))
                .map(answer -> new QueueDepth(count(answer, "message_count"), count(answer, "consumer_count")));
    }

    private static boolean isStream(Message answer) {
        return body(answer) instanceof Map<?, ?> queue && "stream".equals(queue.get("type"));
    }

    private static long count(Message answer, String name) {
        return body(answer) instanceof Map<?, ?> queue && queue.get(name) instanceof Number count
                ? count.longValue()
                : 0;
    }

    /**
     * Deletes a queue, and returns {@code false} if it has consumers and stays. The broker deletes without a condition:
     * whoever begins to consume between the two requests loses the queue.
     */
    Future<Boolean> deleteQueueIfUnused(String name) {
        return deleteQueueIfUnused(name, MAX_CONSUMER_LOOKS);
    }

    private Future<Boolean> deleteQueueIfUnused(String name, int looksLeft) {
        var doing = "deleting queue '" + name + "'";
        var path = RabbitMq4Address.queue(name);
        return askNow("GET", path, doing).compose(present -> {
            if (status(present).equals(NOT_FOUND)) {
                return Future.succeededFuture(true);
            }
            return succeeded(present, doing).compose(answer -> {
                if (isStream(answer)) {
                    return Future.failedFuture(new BrokerException(
                            Kind.REFUSED,
                            "stream '" + name + "' stays: RabbitMQ does not count who reads it. Use rabbitmqctl"
                                    + " delete_queue"));
                }
                if (count(answer, "consumer_count") > 0) {
                    return looksLeft == 1
                            ? Future.succeededFuture(false)
                            : peer.context()
                                    .owner()
                                    .timer(CONSUMER_LOOK_PERIOD_MILLIS)
                                    .compose(ignored -> deleteQueueIfUnused(name, looksLeft - 1));
                }
                return askNow("DELETE", path, doing)
                        .compose(gone -> status(gone).equals(NOT_FOUND)
                                ? Future.succeededFuture(true)
                                : succeeded(gone, doing).map(true));
            });
        });
    }

    /** Asks, or fails while the broker takes no requests. */
    private Future<Message> askNow(String method, String path, String doing) {
        var obstacle = peer.windows().obstacle();
        return obstacle == null
                ? peer.requests(NODE).askSoon(request(method, path, null), doing)
                : Future.failedFuture(new BrokerException(Kind.UNREACHABLE, "failed " + doing + ": " + obstacle));
    }

    private Future<Message> ask(String method, String path, Map<String, ?> body, String doing) {
        return peer.requests(NODE).ask(request(method, path, body), doing);
    }

    private static Message request(String method, String path, Map<String, ?> body) {
        var request = Proton.message();
        request.setSubject(method);
        request.setAddress(path);
        request.setBody(new AmqpValue(body));
        return request;
    }

    private static String status(Message answer) {
        return answer.getSubject() == null ? "" : answer.getSubject();
    }

    private static Object body(Message answer) {
        return answer.getBody() instanceof AmqpValue value ? value.getValue() : null;
    }

    private static String said(Message answer) {
        return ": the broker says " + status(answer) + " " + body(answer);
    }

    private static Future<Message> succeeded(Message answer, String doing) {
        return status(answer).startsWith("2")
                ? Future.succeededFuture(answer)
                : Future.failedFuture(failure(answer, doing));
    }

    private static BrokerException failure(Message answer, String doing) {
        // The broker answers 400 with these words if the queue or the exchange of a binding is missing.
        var absent = String.valueOf(body(answer)).startsWith("no queue ")
                || String.valueOf(body(answer)).startsWith("no exchange ");
        if (StoppedQueue.isMeant(String.valueOf(body(answer)))) {
            return AmqpErrors.stopped(doing, said(answer));
        }
        if (DeprecatedFeature.isMeant(String.valueOf(body(answer)))) {
            return new BrokerException(Kind.REFUSED, "refused " + doing + said(answer) + DeprecatedFeature.REMEDY);
        }
        return switch (absent ? NOT_FOUND : status(answer)) {
            case NOT_FOUND ->
                new BrokerException(
                        Kind.NOT_FOUND,
                        "something is missing " + doing + said(answer) + ". Create it, or correct its name");
            case "403" ->
                new BrokerException(
                        Kind.FORBIDDEN,
                        "not permitted " + doing + said(answer) + ". Grant the permission, or raise the limit");
            case "503" -> new BrokerException(Kind.UNREACHABLE, "failed " + doing + said(answer));
            default -> new BrokerException(Kind.REFUSED, "failed " + doing + said(answer));
        };
    }
}
