package dev.busbar.wamp;

import dev.busbar.socket.InFlightLimit;
import dev.busbar.hub.HubClient;
import dev.busbar.log.CleanLogger;
import dev.busbar.log.ThrottledLog;
import dev.busbar.wamp.ClientMessage.Publish;
import dev.busbar.wamp.ClientMessage.Subscribe;
import dev.busbar.wamp.ClientMessage.Unsubscribe;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/** One client's session, from the first message to the last. On the event loop of its socket. */
final class Session {

    private static final Logger LOG = CleanLogger.of(Session.class);

    /* For all sessions together: whoever connects again has a new one each time. */
    private static final ThrottledLog OF_MASTERS = new ThrottledLog(LOG, Level.WARN, "WAMP");
    private static final ThrottledLog OF_OTHERS = new ThrottledLog(LOG, Level.INFO, "WAMP");

    private final Router router;
    private final Line line;
    private final HubClient client;
    private final long id;
    private final Handshake handshake;
    private final Subscriptions subscriptions;
    private final Publishing publishing;
    private final Context context = Vertx.currentContext();
    private Phase phase = new Phase.Opening();
    private Master master;

    Session(Router router, Line line) {
        this.router = router;
        this.line = line;
        client = router.hub().client();
        id = router.newSession();
        handshake = new Handshake(router.config(), router.credentials(), id);
        var inFlight = new InFlightLimit(line, router.config().limits().inFlight());
        subscriptions = new Subscriptions(this, line, inFlight);
        publishing = new Publishing(this, inFlight);
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
            if (!(phase instanceof Phase.Left)) {
                phase = new Phase.Left();
                end();
                line.close("replaced by a newer session of the same master");
            }
        });
    }

    boolean isJoined() {
        return phase instanceof Phase.Joined;
    }

    /** Whoever it is, for people. */
    String name() {
        return phase instanceof Phase.Joined joined ? joined.member().name() : "nobody yet";
    }

    /** Nothing is sent to one that has left. */
    void send(RouterMessage message) {
        if (!(phase instanceof Phase.Left)) {
            line.send(message.encode());
        }
    }

    /** Likewise. */
    void sendEvent(byte[] head, byte[] rest, boolean patient) {
        if (isJoined()) {
            router.counts().events.increment();
            line.event(head, rest, patient);
        }
    }

    void received(String text) {
        if (phase instanceof Phase.Left) {
            return;
        }
        try {
            var message = ClientMessages.read(text);
            var step = handshake.on(phase, message);
            if (step != null) {
                go(step);
            } else {
                request(message, ((Phase.Joined) phase).member());
            }
        } catch (ProtocolViolation violation) {
            violated(violation, WampError.INVALID_ARGUMENT);
        }
    }

    /** Came whole, and is not read. */
    void receivedTooLong(String text, long most) {
        if (!(phase instanceof Phase.Left)) {
            violated(ClientMessages.tooLong(text, most), WampError.PAYLOAD_SIZE_EXCEEDED);
        }
    }

    /**
     * Whoever has joined stays: where the next message begins is certain, so it is this one's fault alone. Who waits
     * for an answer to it gets one, and nobody else: some clients end at one that they have not asked for.
     */
    private void violated(ProtocolViolation violation, WampError error) {
        if (!isJoined()) {
            go(Handshake.violation(violation.getMessage()));
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

    private void request(ClientMessage message, Member member) {
        if (message instanceof Publish publish) {
            publishing.publish(publish, member);
        } else if (message instanceof Subscribe subscribe) {
            subscriptions.subscribe(subscribe, member);
        } else if (message instanceof Unsubscribe unsubscribe) {
            subscriptions.unsubscribe(unsubscribe);
        }
    }

    private void go(Step step) {
        if (step.reply() != null) {
            send(step.reply());
        }
        phase = step.next();
        if (phase instanceof Phase.Left) {
            end();
            line.close(
                    step.reply() instanceof RouterMessage.Abort abort
                            ? abort.reason().uri()
                            : "goodbye");
        }
    }

    /** Ends it because what came was no message of the subprotocol; who closes the socket is the caller. */
    void abort(String why) {
        if (!(phase instanceof Phase.Left)) {
            send(Handshake.violation(why).reply());
            closed();
        }
    }

    /** The socket is gone. Idempotent. */
    void closed() {
        phase = new Phase.Left();
        end();
    }

    private void end() {
        subscriptions.close();
        if (master != null) {
            router.masters().gone(master.id(), this);
        }
    }
}
