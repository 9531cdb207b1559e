package dev.busbar.wamp;

import dev.busbar.wamp.QueueConsumer.Kept;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Gets what has come to its {@link DurableQueue} while its master was away, and then what comes, as it has room for it.
 */
final class DurableSubscription extends SessionSubscription {

    private final DurableQueue durableQueue;
    private final WampTransport transport;
    private final QueueConsumer consumer = new QueueConsumer(Vertx.currentContext(), this::taken);
    private final ArrayDeque<Kept> unsent = new ArrayDeque<>();

    DurableSubscription(
            WampSession session,
            ClientMessage.Subscribe request,
            Interest interest,
            DurableQueue durableQueue,
            WampTransport transport) {
        super(session, request, interest);
        this.durableQueue = durableQueue;
        this.transport = transport;
    }

    DurableQueue durableQueue() {
        return durableQueue;
    }

    @Override
    Future<Void> live() {
        return session().client().first(durableQueue.enter(consumer));
    }

    @Override
    void confirm() {
        super.confirm();
        if (isEnded()) {
            end(true);
        } else {
            ask();
        }
    }

    /** Not before there is room: what is given is settled already. */
    private void ask() {
        if (transport.hasRoom()) {
            atPlace(it -> it.ask(consumer));
        } else {
            transport.whenRoom(this::ask);
        }
    }

    private void taken(List<Kept> batch) {
        unsent.addAll(batch);
        send();
    }

    private void send() {
        while (!unsent.isEmpty() && !isEnded() && transport.hasRoom()) {
            var next = unsent.poll();
            if (!Events.excludes(next.message(), session().id())) {
                sendEvent(session().router().events().encode(interest().pattern(), next), false);
            }
        }
        if (isEnded()) {
            owe();
        } else if (unsent.isEmpty()) {
            ask();
        } else {
            transport.whenRoom(this::send);
        }
    }

    private void owe() {
        if (!unsent.isEmpty()) {
            var rest = List.copyOf(unsent);
            unsent.clear();
            atPlace(it -> it.owe(rest));
        }
    }

    @Override
    Future<Void> end(boolean keep) {
        owe();
        return atPlace(it -> it.leave(consumer, keep));
    }

    private Future<Void> atPlace(Consumer<DurableQueue> work) {
        return session().router().hub().withConnections(broker -> {
            work.accept(durableQueue);
            return Future.succeededFuture();
        });
    }
}
