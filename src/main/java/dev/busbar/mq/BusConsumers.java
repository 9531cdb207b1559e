package dev.busbar.mq;

import dev.busbar.config.BusbarConfig;
import dev.busbar.log.CleanLogger;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;

/**
 * Starts and stops consumers for requests over the event bus. Each consumer has an address of its own at which it is
 * stopped. Confined to one context.
 */
final class BusConsumers {

    static final String ADDRESS = "busbar.mq.consumer.";
    private static final Logger LOG = CleanLogger.of(BusConsumers.class);

    private static final class Started {
        private final String id = UUID.randomUUID().toString();
        private final String address;
        private QueueRef ref;
        private MessageConsumer<Object> stop;
        /** Completes when the consumer has started, or has failed to. */
        private final Promise<Void> begun = Promise.promise();

        private Started(String address) {
            this.address = address;
        }
    }

    private final Vertx vertx;
    private final MessageQueue queue;
    private final BusbarConfig config;
    private final Map<String, Started> byId = new HashMap<>();

    BusConsumers(Vertx vertx, MessageQueue queue, BusbarConfig config) {
        this.vertx = vertx;
        this.queue = queue;
        this.config = config;
    }

    /** Returns the consumer's id, when its binding is live and it can be stopped from every node. */
    Future<String> start(TopicFilter filter, String address, String name) {
        var again = consumed(filter, address, name);
        if (again != null) {
            return Future.succeededFuture(again);
        }
        var most = config.subscriptions().control().consumers();
        if (byId.size() >= most) {
            return Future.failedFuture(ControlFailure.TOO_MANY.because("this node has " + most
                    + " consumers already; stop some, or raise subscriptions.control.consumers"));
        }
        var started = new Started(address);
        byId.put(started.id, started);
        var handler = new BusConsumer(
                vertx,
                address,
                config.exchange().name(),
                config.subscriptions().control().timeout(),
                () -> deserted(started));
        return queue.startConsuming(filter, handler, name)
                .compose(ref -> {
                    started.ref = ref;
                    if (!byId.containsKey(started.id)) {
                        // All have been stopped meanwhile.
                        return Future.failedFuture(ControlFailure.FAILED.because("this node stops"));
                    }
                    started.stop = vertx.eventBus()
                            .consumer(
                                    ADDRESS + started.id,
                                    asked -> stop(started)
                                            .onComplete(done -> asked.reply(true), failure -> asked.reply(true)));
                    return started.stop.completion();
                })
                .map(started.id)
                .onFailure(failure -> stop(started))
                .onComplete(done -> started.begun.complete());
    }

    /** Finds the persistent consumer that a verticle which has been redeployed asks for again. */
    private String consumed(TopicFilter filter, String address, String name) {
        return byId.values().stream()
                .filter(it -> name != null && it.ref != null && it.address.equals(address))
                .filter(it -> name.equals(it.ref.persistentName()) && filter.equals(it.ref.filter()))
                .map(it -> it.id)
                .findAny()
                .orElse(null);
    }

    /** Ends the consumer, but not before it has started: until then it is not known here. */
    private Future<Void> deserted(Started started) {
        return started.begun.future().onSuccess(begun -> end(started));
    }

    private void end(Started started) {
        if (byId.containsKey(started.id)) {
            LOG.warn(
                    "consumer of '{}': nobody listens at the event bus address '{}' any more; it ends{}",
                    started.ref.filter(),
                    started.address,
                    started.ref.persistentName() == null ? "" : ", and its queue keeps what comes");
            stop(started);
        }
    }

    private Future<Void> stop(Started started) {
        byId.remove(started.id);
        var ref = started.ref == null ? Future.<Void>succeededFuture() : started.ref.stopConsuming();
        return ref.eventually(() -> started.stop == null ? Future.succeededFuture() : started.stop.unregister());
    }

    Future<Void> stopAll() {
        return Future.join(List.copyOf(byId.values()).stream().map(this::stop).toList())
                .mapEmpty();
    }
}
