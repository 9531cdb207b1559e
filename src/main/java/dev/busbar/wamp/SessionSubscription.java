package dev.busbar.wamp;

import dev.busbar.wamp.RouterMessage.Subscribed;
import io.vertx.core.Future;

/** One subscription of one session: its client hears of it first, then gets events, then none any more. */
abstract class SessionSubscription {

    private final WampSession session;
    private final ClientMessage.Subscribe request;
    private final Interest interest;
    private final long id;
    private final byte[] head;
    private boolean confirmed;
    private boolean ended;

    SessionSubscription(WampSession session, ClientMessage.Subscribe request, Interest interest) {
        this.session = session;
        this.request = request;
        this.interest = interest;
        id = session.router().newSubscription();
        head = Events.head(id);
    }

    WampSession session() {
        return session;
    }

    Interest interest() {
        return interest;
    }

    long id() {
        return id;
    }

    /** Only then the client knows of it. */
    boolean isConfirmed() {
        return confirmed;
    }

    boolean isEnded() {
        return ended;
    }

    /** @return completes when the client has been told */
    Future<Void> start() {
        return live().onSuccess(live -> confirm());
    }

    /** @return completes when whatever is published from then on arrives */
    abstract Future<Void> live();

    /** The first event may come before the news that it can. */
    void confirm() {
        if (!confirmed && !ended) {
            confirmed = true;
            session.send(new Subscribed(request.request(), id));
        }
    }

    /**
     * @param rest as {@link Events} has it
     * @param patient see {@link WampTransport#event}
     */
    void sendEvent(byte[] rest, boolean patient) {
        session.sendEvent(head, rest, patient);
    }

    /**
     * From now on nothing more is sent for it.
     *
     * @param keep whether what comes from now on is kept, where it can be
     */
    Future<Void> stop(boolean keep) {
        ended = true;
        return end(keep);
    }

    abstract Future<Void> end(boolean keep);
}
