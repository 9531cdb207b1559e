package dev.busbar.wamp;

import dev.busbar.wamp.RouterMessage.Subscribed;
import io.vertx.core.Future;

/**
 * One subscription of one session. The client receives SUBSCRIBED first, then EVENTs, and none after its UNSUBSCRIBE.
 * Confined to the event loop of the session's socket.
 */
abstract class SessionSubscription {

    private final WampSession session;
    private final ClientMessage.Subscribe request;
    private final TopicMatch topicMatch;
    private final long id;
    private final byte[] eventHead;
    private boolean confirmed;
    private boolean ended;

    SessionSubscription(WampSession session, long id, ClientMessage.Subscribe request, TopicMatch topicMatch) {
        this.session = session;
        this.id = id;
        this.request = request;
        this.topicMatch = topicMatch;
        eventHead = Events.head(id);
    }

    WampSession session() {
        return session;
    }

    TopicMatch topicMatch() {
        return topicMatch;
    }

    long id() {
        return id;
    }

    /** Whether SUBSCRIBED has been sent, so that the client knows the subscription's id. */
    boolean isConfirmed() {
        return confirmed;
    }

    boolean isEnded() {
        return ended;
    }

    /** @return completes when the subscription is live and SUBSCRIBED has been sent */
    Future<Void> start() {
        return live().onSuccess(live -> confirm());
    }

    /** @return completes when every event that is published from then on arrives */
    abstract Future<Void> live();

    /** Sends SUBSCRIBED once; the first event may arrive before {@link #live} completes. */
    void confirm() {
        if (!confirmed && !ended) {
            confirmed = true;
            session.send(new Subscribed(request.request(), id));
        }
    }

    /**
     * Sends an EVENT to the client.
     *
     * @param rest what follows the head, see {@link Events}
     * @param mayDelay see {@link WampTransport#event}
     */
    void sendEvent(byte[] rest, boolean mayDelay) {
        session.sendEvent(eventHead, rest, mayDelay);
    }

    /**
     * Ends the subscription: from now on no EVENT is sent for it.
     *
     * @param keepQueue whether a durable queue goes on collecting messages
     */
    Future<Void> stop(boolean keepQueue) {
        ended = true;
        return end(keepQueue);
    }

    abstract Future<Void> end(boolean keepQueue);
}
