package dev.busbar.wamp;

import dev.busbar.hub.Hub;
import dev.busbar.wamp.QueueConsumer.SettledMessage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;

/**
 * A subscription with a {@link DurableQueue}: its client gets what the queue collected while the client was away, then
 * what arrives, as fast as it reads.
 */
final class DurableSubscription extends SessionSubscription {

    private final Hub hub;
    private final Events events;
    private final DurableQueue durableQueue;
    private final WampTransport transport;
    private final QueueConsumer consumer = new QueueConsumer(Vertx.currentContext(), this::received);
    private final ArrayDeque<SettledMessage> unsent = new ArrayDeque<>();

    DurableSubscription(
            WampSession session,
            WampContext shared,
            ClientMessage.Subscribe request,
            TopicMatch topicMatch,
            DurableQueue durableQueue,
            WampTransport transport) {
        super(session, shared.newSubscription(), request, topicMatch);
        hub = shared.hub();
        events = shared.events();
        this.durableQueue = durableQueue;
        this.transport = transport;
    }

    DurableQueue durableQueue() {
        return durableQueue;
    }

    @Override
    Future<Void> live() {
        return session().client().first(durableQueue.attach(consumer));
    }

    @Override
    void confirm() {
        super.confirm();
        if (isEnded()) {
            end(true);
        } else {
            requestMore();
        }
    }

    /** Asks for messages only while the client can take them, because they are settled before they come. */
    private void requestMore() {
        if (transport.hasRoom()) {
            onHubLoop(queue -> queue.requestMore(consumer));
        } else {
            transport.whenRoom(this::requestMore);
        }
    }

    private void received(List<SettledMessage> batch) {
        unsent.addAll(batch);
        send();
    }

    private void send() {
        while (!unsent.isEmpty() && !isEnded() && transport.hasRoom()) {
            var next = unsent.poll();
            if (!Events.excludes(next.message(), session().id())) {
                sendEvent(events.encode(topicMatch().patternBased(), next), false);
            }
        }
        if (isEnded()) {
            giveBack();
        } else if (unsent.isEmpty()) {
            requestMore();
        } else {
            transport.whenRoom(this::send);
        }
    }

    private void giveBack() {
        if (!unsent.isEmpty()) {
            var rest = List.copyOf(unsent);
            unsent.clear();
            onHubLoop(queue -> queue.giveBack(rest));
        }
    }

    @Override
    Future<Void> end(boolean keepQueue) {
        giveBack();
        return onHubLoop(queue -> queue.detach(consumer, keepQueue));
    }

    private Future<Void> onHubLoop(Consumer<DurableQueue> action) {
        return hub.withConnections(broker -> {
            action.accept(durableQueue);
            return Future.succeededFuture();
        });
    }
}
