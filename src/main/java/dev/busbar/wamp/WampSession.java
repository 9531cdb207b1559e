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

/** The WAMP session of one client, from the first message to the last. Confined to the event loop of its socket. */
final class WampSession {

    private static final Logger LOG = CleanLogger.of(WampSession.class);

    /* Shared by all sessions, because a client that reconnects gets a new session each time. */
    private static final ThrottledLog MASTER_WARNINGS = new ThrottledLog(LOG, Level.WARN, "WAMP");
    private static final ThrottledLog OTHER_WARNINGS = new ThrottledLog(LOG, Level.INFO, "WAMP");

    private final WampContext shared;
    private final WampTransport transport;
    private final HubClient client;
    private final long id;
    private final WampHandshake handshake;
    private final SessionSubscriptions subscriptions;
    private final SessionPublisher publisher;
    private final Context context = Vertx.currentContext();
    private SessionState state = new SessionState.Opening();
    private Master master;

    WampSession(WampContext shared, WampTransport transport) {
        this.shared = shared;
        this.transport = transport;
        client = shared.hub().client();
        id = shared.newSession();
        handshake = new WampHandshake(shared.config(), shared.credentials(), id);
        var inFlight = new InFlightLimit(transport, shared.limits().inFlight());
        subscriptions = new SessionSubscriptions(this, shared, transport, inFlight);
        publisher = new SessionPublisher(this, shared, client, inFlight);
    }

    /** The session's client of the hub: events published later wait until subscriptions made earlier are live. */
    HubClient client() {
        return client;
    }

    long id() {
        return id;
    }

    /** The Buildbot master that has introduced itself; {@code null} if none has. */
    Master master() {
        return master;
    }

    void introduced(Master who) {
        if (master == null) {
            master = who;
            shared.masters().introduced(who.id(), this);
        }
    }

    /** Ends the session because the same master has a newer one. May be called from any thread. */
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

    /** The name of the user who has joined, for logs. */
    String name() {
        return state instanceof SessionState.Joined joined ? joined.principal().name() : "not joined yet";
    }

    /** Sends a message, unless the session has left. */
    void send(RouterMessage message) {
        if (!(state instanceof SessionState.Left)) {
            transport.send(message.encode());
        }
    }

    /** Sends an EVENT to a joined session, see {@link WampTransport#event}. */
    void sendEvent(byte[] head, byte[] rest, boolean mayDelay) {
        if (isJoined()) {
            shared.counts().events.increment();
            transport.event(head, rest, mayDelay);
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
                proceed(result);
            } else {
                request(message, ((SessionState.Joined) state).principal());
            }
        } catch (ProtocolViolation violation) {
            violated(violation, WampError.INVALID_ARGUMENT);
        }
    }

    /** Refuses a message that is longer than a client's message may be, without reading it. */
    void receivedTooLong(String text, long maxBytes) {
        if (!(state instanceof SessionState.Left)) {
            violated(ClientMessages.tooLong(text, maxBytes), WampError.PAYLOAD_SIZE_EXCEEDED);
        }
    }

    /**
     * Ignores the message of a joined session and ends any other session. A joined session goes on because the next
     * WebSocket message starts afresh. An ERROR is sent only if the client waits for an answer: some clients end their
     * session when they receive an answer that they did not ask for.
     */
    private void violated(ProtocolViolation violation, WampError error) {
        if (!isJoined()) {
            proceed(WampHandshake.violation(violation.getMessage()));
            return;
        }
        shared.counts().invalid.increment();
        var request = violation.request();
        if (request != null && request.awaited()) {
            send(new RouterMessage.Failed(
                    request.kind(),
                    request.id(),
                    request.isKnown() ? error : WampError.FEATURE_NOT_SUPPORTED,
                    violation.getMessage()));
        } else {
            warn("sent an invalid message, which is ignored: " + violation.getMessage());
        }
    }

    /**
     * Logs a failure that the client does not learn of because it has not asked for an answer: as a warning for a
     * Buildbot master, as information for any other client.
     *
     * @param what begins with a verb; its subject is the session
     */
    void warn(String what) {
        (master == null ? OTHER_WARNINGS : MASTER_WARNINGS).add("session " + id + " (" + name() + ") " + what);
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

    private void proceed(HandshakeResult result) {
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

    /** Ends the session because the client does not speak the subprotocol. The caller closes the socket. */
    void abort(String why) {
        if (!(state instanceof SessionState.Left)) {
            send(WampHandshake.violation(why).reply());
            closed();
        }
    }

    /** Ends the session because its socket is closed. Idempotent. */
    void closed() {
        state = new SessionState.Left();
        end();
    }

    private void end() {
        subscriptions.close();
        if (master != null) {
            shared.masters().ended(master.id(), this);
        }
    }
}
