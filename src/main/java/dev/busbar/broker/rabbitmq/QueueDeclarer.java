package dev.busbar.broker.rabbitmq;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.RabbitMqArguments;
import dev.busbar.broker.Topology;
import dev.busbar.broker.UnchangedQueues;
import dev.busbar.config.QueueConfig;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/**
 * Declares queues. A queue that exists without the arguments that are only added is used as it is: as the refusal
 * closes the channel, the queue is declared without them on the next one, which {@link RefusedAdditionException} asks
 * for.
 */
final class QueueDeclarer {

    private final EventLoopRabbitMQClient client;
    /** The refusals of added arguments, by queue name; kept until a channel has all its queues. */
    private final Map<String, BrokerException> refused = new HashMap<>();

    QueueDeclarer(EventLoopRabbitMQClient client) {
        this.client = client;
    }

    /** @return the name of the queue */
    Future<String> declare(Topology topology) {
        var queue = topology.queue();
        var name = queue.name() == null ? "" : queue.name();
        var arguments = client.dialect().arguments(topology);
        var refusal = refused.get(name);
        var declared = refusal == null ? arguments.all() : arguments.configured();
        return client.queueDeclare(
                        name,
                        queue.durable(),
                        queue.exclusive(),
                        queue.autoDelete(),
                        new JsonObject(new HashMap<>(declared)))
                .map(answer -> {
                    if (refusal != null) {
                        usedAsItIs(name, arguments, refusal);
                    }
                    return answer.getQueue();
                })
                .recover(failure -> {
                    if (arguments.additionIsRefused(failure)
                            && refused.putIfAbsent(name, (BrokerException) failure) == null) {
                        return Future.failedFuture(new RefusedAdditionException((BrokerException) failure));
                    }
                    // The added arguments are not what is refused: the next declaration includes them again.
                    refused.remove(name);
                    return Future.failedFuture(
                            TopologyDeclarer.explained(failure, wanted(name, queue, arguments.configured())));
                });
    }

    /**
     * Looks for a queue that others have declared, and compares it if the topology asks for that.
     *
     * @return the name of the queue
     */
    Future<String> look(Topology topology) {
        var name = topology.queue().name();
        if (topology.isTrusted()) {
            return Future.succeededFuture(name);
        }
        return client.call("looking for queue '" + name + "'", channel -> channel.queueDeclarePassive(name))
                .compose(found -> topology.isCompared() ? declare(topology) : Future.succeededFuture(name));
    }

    private static String wanted(String name, QueueConfig queue, Map<String, Object> arguments) {
        return "wanted: queue '" + name + "', " + (queue.durable() ? "durable" : "not durable")
                + (queue.exclusive() ? ", exclusive" : "") + (queue.autoDelete() ? ", auto-delete" : "")
                + (arguments.isEmpty() ? ", no arguments" : ", arguments " + arguments);
    }

    private void usedAsItIs(String name, RabbitMqArguments arguments, BrokerException refusal) {
        client.connection().counted().add(name);
        UnchangedQueues.warn(
                client.context().owner(), name, arguments, client.dialect().limitsDeliveries(), refusal);
    }

    /** Notes that the channel has all its queues. The next one declares them with all arguments again. */
    void done() {
        refused.clear();
    }
}
