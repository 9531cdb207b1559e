package dev.busbar.wamp;

import dev.busbar.hub.HubMessage;
import dev.busbar.hub.Listener;
import dev.busbar.hub.Listening;
import io.vertx.core.Future;

/** Gets what passes while it is there, over the node's own queue. */
final class LiveSubscription extends SessionSubscription implements Listener {

    private Future<Listening> listening;

    LiveSubscription(WampSession session, ClientMessage.Subscribe request, Interest interest) {
        super(session, request, interest);
    }

    @Override
    Future<Void> live() {
        listening = session().client().listen(interest().filter(), 0, this);
        return listening.mapEmpty();
    }

    @Override
    public void received(HubMessage message) {
        if (isEnded()
                || !interest().wants(message.routingKey())
                || Events.excludes(message.message(), session().id())) {
            return;
        }
        confirm();
        sendEvent(session().router().events().encode(interest().pattern(), message), true);
    }

    @Override
    Future<Void> end(boolean keep) {
        return listening.compose(Listening::stop);
    }
}
