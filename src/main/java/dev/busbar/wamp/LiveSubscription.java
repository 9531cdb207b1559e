package dev.busbar.wamp;

import dev.busbar.hub.HubMessage;
import dev.busbar.hub.Listener;
import dev.busbar.hub.Listening;
import io.vertx.core.Future;

/** A subscription without a queue of its own: it gets what the node's shared queue brings while the session lasts. */
final class LiveSubscription extends SessionSubscription implements Listener {

    private final Events events;
    private Future<Listening> listening;

    LiveSubscription(WampSession session, WampContext shared, ClientMessage.Subscribe request, TopicMatch topicMatch) {
        super(session, shared.newSubscription(), request, topicMatch);
        events = shared.events();
    }

    @Override
    Future<Void> live() {
        listening = session().client().listen(topicMatch().filter(), 0, this);
        return listening.mapEmpty();
    }

    @Override
    public void received(HubMessage message) {
        if (isEnded()
                || !topicMatch().matches(message.routingKey())
                || Events.excludes(message.message(), session().id())) {
            return;
        }
        confirm();
        sendEvent(events.encode(topicMatch().patternBased(), message), true);
    }

    @Override
    Future<Void> end(boolean keepQueue) {
        return listening.compose(Listening::stop);
    }
}
