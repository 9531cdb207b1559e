package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Method;
import dev.busbar.broker.BindingChange;
import dev.busbar.broker.BindingWire;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.Topology;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Changes the bindings of a queue that is being consumed. Uses a channel of its own, opened with the first change: a
 * change that the broker refuses closes the channel it was sent on, and the consumer's is to live.
 */
final class RabbitMqBindings implements BindingWire {

    private final EventLoopRabbitMQClient consuming;
    private final EventLoopRabbitMQClient changing;
    private final String exchange;
    private final Map<String, Object> arguments;
    private final Supplier<String> queue;

    /**
     * Makes the changes of one consumer's queue.
     *
     * @param consuming the client whose consumer the bindings are for
     * @param queue returns the present name of the queue, which may change with a reconnect
     */
    RabbitMqBindings(EventLoopRabbitMQClient consuming, Topology topology, Supplier<String> queue) {
        this.consuming = consuming;
        this.changing = consuming.channel();
        this.exchange = topology.exchange().name();
        this.arguments = topology.bindingArguments();
        this.queue = queue;
    }

    @Override
    public List<Future<Void>> apply(List<BindingChange> changes) {
        var name = queue.get();
        var sent = changing.start()
                .map(ignored -> changing.callAll(
                        changes.stream().map(it -> method(name, it)).toList(),
                        i -> changes.get(i).doing(name, exchange)));
        return IntStream.range(0, changes.size())
                .mapToObj(i -> sent.compose(answers -> answers.get(i)))
                .toList();
    }

    private Method method(String name, BindingChange change) {
        var key = change.filter().toString();
        return change.bound() ? bind(name, exchange, key, arguments) : unbind(name, exchange, key, arguments);
    }

    static Method bind(String queue, String exchange, String key, Map<String, Object> arguments) {
        return new AMQP.Queue.Bind.Builder()
                .queue(queue)
                .exchange(exchange)
                .routingKey(key)
                .arguments(arguments)
                .build();
    }

    private static Method unbind(String queue, String exchange, String key, Map<String, Object> arguments) {
        return new AMQP.Queue.Unbind.Builder()
                .queue(queue)
                .exchange(exchange)
                .routingKey(key)
                .arguments(arguments)
                .build();
    }

    @Override
    public void redeclare(BrokerException cause) {
        consuming.renew(cause);
    }

    Future<Void> close() {
        return changing.stop();
    }
}
