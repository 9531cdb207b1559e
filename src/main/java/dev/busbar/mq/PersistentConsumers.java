package dev.busbar.mq;

import dev.busbar.config.FailureAction;
import dev.busbar.config.InboundRoute;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.hub.FormerQueues;
import dev.busbar.hub.Hub;
import dev.busbar.log.CleanLogger;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;

/** Starts consumers by their persistent names, each with a durable queue of its own. From any thread. */
final class PersistentConsumers {

    private static final Logger LOG = CleanLogger.of(PersistentConsumers.class);
    private static final String QUEUE_PREFIX = "busbar.mq.";
    private static final int MAX_QUEUE_NAME_BYTES = 255;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,95}");

    private final Hub hub;
    private final PersistentNames names;

    PersistentConsumers(Hub hub) {
        this.hub = hub;
        this.names = PersistentNames.of(hub.vertx(), hub.config().exchange().name());
    }

    /** @param ended called once, when the consumer has stopped */
    Future<QueueRef> start(String name, TopicFilter filter, MessageHandler handler, Consumer<QueueRef> ended) {
        List<TopicFilter> earlier;
        try {
            checkName(name);
            names.take(name);
            earlier = names.otherFilters(name, filter);
        } catch (IllegalArgumentException | IllegalStateException e) {
            return Future.failedFuture(e);
        }
        if (!earlier.isEmpty()) {
            LOG.info("consumer '{}': its filter {} is replaced by '{}'", name, earlier, filter);
        }
        warnOfMemory(name);
        var route = route(name, filter);
        var consumer = new PersistentConsumer(hub, name, route, hub.vertx().getOrCreateContext(), handler, it -> {
            names.release(name);
            ended.accept(it);
        });
        return consumer.start(earlier)
                .onSuccess(ignored -> reportFormerQueues(name, route))
                .onFailure(ignored -> names.failed(name))
                .onSuccess(ignored -> names.bound(name, filter));
    }

    private void reportFormerQueues(String name, InboundRoute route) {
        var former = QUEUE_PREFIX + name;
        FormerQueues.report(hub, former, queue(name));
        var parking = route.onFailure().park();
        if (route.onFailure().then() == FailureAction.PARK && parking.queue() == null) {
            var earlier = new QueueConfig(former, QueueLife.PERSISTENT, QueueType.CLASSIC, Map.of());
            FormerQueues.reportParking(hub, parking.queueOf(route.name(), earlier), route.parkingQueue());
        }
    }

    /** Returns the name of the queue, which tells the exchange: another Busbar may have another exchange beside it. */
    private String queue(String name) {
        return QUEUE_PREFIX + name + "@" + hub.config().exchange().name();
    }

    private void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("persistent name '"
                    + name.substring(0, Math.min(40, name.length())).replaceAll("\\p{Cntrl}", "?")
                    + "': use up to 96 letters, digits and . _ -, beginning with a letter or digit");
        }
        if (queue(name).getBytes(StandardCharsets.UTF_8).length > MAX_QUEUE_NAME_BYTES) {
            throw new IllegalArgumentException("persistent name '" + name
                    + "': use a shorter one, because the name of its queue, '" + queue(name) + "', is longer than "
                    + MAX_QUEUE_NAME_BYTES + " bytes");
        }
    }

    private void warnOfMemory(String name) {
        var broker = hub.config().broker();
        if (broker.isEmbedded() && broker.embedded().inMemory()) {
            LOG.warn(
                    "consumer '{}': the embedded broker's memory keeps its queue no longer than this process;"
                            + " set broker.embedded.store to a folder",
                    name);
        }
    }

    /** Returns the route with which the queue would be consumed likewise. */
    private InboundRoute route(String name, TopicFilter filter) {
        var persistent = hub.config().subscriptions().persistent();
        return InboundRoute.builder()
                .name("mq." + name)
                .filters(List.of(filter))
                .exchange(hub.config().exchange())
                .queue(new QueueConfig(queue(name), QueueLife.PERSISTENT, QueueType.CLASSIC, Map.of()))
                .address(QUEUE_PREFIX + name)
                .prefetch(persistent.prefetch())
                .prefetchBytes(hub.config().broker().maxMessageBytes())
                .onFailure(persistent.onFailure())
                .build();
    }

    List<String> names() {
        return names.list();
    }

    /** Deletes the queue; the future tells whether it is gone: {@code false} while somebody consumes it. */
    Future<Boolean> remove(String name) {
        try {
            checkName(name);
            names.take(name);
        } catch (IllegalArgumentException e) {
            return Future.failedFuture(e);
        } catch (IllegalStateException e) {
            return Future.succeededFuture(false);
        }
        return hub.withConnections(broker -> broker.consuming().deleteQueueIfUnused(queue(name)))
                .onSuccess(gone -> {
                    if (gone) {
                        names.forget(name);
                    } else {
                        names.failed(name);
                    }
                })
                .onFailure(ignored -> names.failed(name));
    }
}
