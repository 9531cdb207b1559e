package dev.busbar.wamp;

import dev.busbar.hub.HubClient;
import dev.busbar.log.CleanLogger;
import dev.busbar.log.ThrottledLog;
import dev.busbar.socket.InFlightLimit;
import dev.busbar.wamp.ClientMessage.Publish;
import dev.busbar.wamp.ClientMessage.Subscribe;
import dev.busbar.wamp.ClientMessage.Unsubscribe;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/** One client's session, from the first message to the last. On the event loop of its socket. */
final class WampSession {

    private static final Logger LOG = CleanLogger.of(WampSession.class);

    /* For all sessions together: whoever connects again has a new one each time. */
    private static final ThrottledLog OF_MASTERS = new ThrottledLog(LOG, Level.WARN, "WAMP");
    private static final ThrottledLog OF_OTHERS = new ThrottledLog(LOG, Level.INFO, "WAMP");

    private final Router router;
    private final WampTransport transport;
    private final HubClient client;
    private final long id;
    private final WampHandshake handshake;
    private final SessionSubscriptions subscriptions;
    private final SessionPublisher publisher;
    private final Context context = Vertx.currentContext();
    private SessionState state = new SessionState.Opening();
    private Master master;

    WampSession(Router router, WampTransport transport) {
        this.router = router;
        this.transport = transport;
        client = router.hub().client();
        id = router.newSession();
        handshake = new WampHandshake(router.config(), router.credentials(), id);
        var inFlight = new InFlightLimit(transport, router.config().limits().inFlight());
        subscriptions = new SessionSubscriptions(this, transport, inFlight);
        publisher = new SessionPublisher(this, inFlight);
    }

    Router router() {
        return router;
    }

    /** What this session publishes waits for what it has subscribed to before. */
    HubClient client() {
        return client;
    }

    long id() {
        return id;
    }

    /** {@code null} if it is none, or has not introduced itself. */
    Master master() {
        return master;
    }

    void introduced(Master who) {
        if (master == null) {
            master = who;
            router.masters().introduced(who.id(), this);
        }
    }

    /** By a newer session of the same master. From any thread. */
    void replaced() {
        context.runOnContext(ignored -> {
            if (!(state instanceof SessionState.Left)) {
                state = new SessionState.Left();
                end();
                transport.close("replaced by a newer session of the same master");
            }
        });
    }

    boolean isJoined() {
        return state instanceof SessionState.Joined;
    }

    /** Whoever it is, for people. */
    String name() {
        return state instanceof SessionState.Joined joined ? joined.principal().name() : "nobody yet";
    }

    /** Nothing is sent to one that has left. */
    void send(RouterMessage message) {
        if (!(state instanceof SessionState.Left)) {
            transport.send(message.encode());
        }
    }

    /** Likewise. */
    void sendEvent(byte[] head, byte[] rest, boolean patient) {
        if (isJoined()) {
            router.counts().events.increment();
            transport.event(head, rest, patient);
        }
    }

    void received(String text) {
        if (state instanceof SessionState.Left) {
            return;
        }
        try {
            var message = ClientMessages.read(text);
            var result = handshake.on(state, message);
            if (result != null) {
                go(result);
            } else {
                request(message, ((SessionState.Joined) state).principal());
            }
        } catch (ProtocolViolation violation) {
            violated(violation, WampError.INVALID_ARGUMENT);
        }
    }

    /** Came whole, and is not read. */
    void receivedTooLong(String text, long most) {
        if (!(state instanceof SessionState.Left)) {
            violated(ClientMessages.tooLong(text, most), WampError.PAYLOAD_SIZE_EXCEEDED);
        }
    }

    /**
     * Whoever has joined stays: where the next message begins is certain, so it is this one's fault alone. Who waits
     * for an answer to it gets one, and nobody else: some clients end at one that they have not asked for.
     */
    private void violated(ProtocolViolation violation, WampError error) {
        if (!isJoined()) {
            go(WampHandshake.violation(violation.getMessage()));
            return;
        }
        router.counts().invalid.increment();
        var request = violation.request();
        if (request != null && request.awaited()) {
            send(new RouterMessage.Failed(
                    request.kind(),
                    request.id(),
                    request.isKnown() ? error : WampError.FEATURE_NOT_SUPPORTED,
                    violation.getMessage()));
        } else {
            complain("a message is passed over: " + violation.getMessage());
        }
    }

    /** Logs what the client is not told, as it has not asked to be. Who is no master may be anybody. */
    void complain(String what) {
        (master == null ? OF_OTHERS : OF_MASTERS).add("session " + id + " (" + name() + ") " + what);
    }

    private void request(ClientMessage message, Principal principal) {
        if (message instanceof Publish publish) {
            publisher.publish(publish, principal);
        } else if (message instanceof Subscribe subscribe) {
            subscriptions.subscribe(subscribe, principal);
        } else if (message instanceof Unsubscribe unsubscribe) {
            subscriptions.unsubscribe(unsubscribe);
        }
    }

    private void go(HandshakeResult result) {
        if (result.reply() != null) {
            send(result.reply());
        }
        state = result.next();
        if (state instanceof SessionState.Left) {
            end();
            transport.close(
                    result.reply() instanceof RouterMessage.Abort abort
                            ? abort.reason().uri()
                            : "goodbye");
        }
    }

    /** Ends it because what came was no message of the subprotocol; who closes the socket is the caller. */
    void abort(String why) {
        if (!(state instanceof SessionState.Left)) {
            send(WampHandshake.violation(why).reply());
            closed();
        }
    }

    /** The socket is gone. Idempotent. */
    void closed() {
        state = new SessionState.Left();
        end();
    }

    private void end() {
        subscriptions.close();
        if (master != null) {
            router.masters().gone(master.id(), this);
        }
    }
}
