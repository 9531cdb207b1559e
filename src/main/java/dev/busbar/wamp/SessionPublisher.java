package dev.busbar.wamp;

import dev.busbar.delivery.SendFailure;
import dev.busbar.socket.InFlightLimit;
import dev.busbar.wamp.ClientMessage.Publish;
import dev.busbar.wamp.RouterMessage.Failed;
import dev.busbar.wamp.RouterMessage.Published;
import io.vertx.core.eventbus.ReplyException;
import java.util.Set;
import java.util.TreeSet;

/** What one session publishes. Who has not asked for an acknowledgement is never answered. */
final class SessionPublisher {

    /** To pass over these would show events to those who must not see them. */
    private static final Set<String> REFUSED = Set.of(
            "exclude",
            "exclude_authid",
            "exclude_authrole",
            "eligible",
            "eligible_authid",
            "eligible_authrole",
            "disclose_me");

    private final WampSession session;
    private final InFlightLimit inFlight;

    SessionPublisher(WampSession session, InFlightLimit inFlight) {
        this.session = session;
        this.inFlight = inFlight;
    }

    void publish(Publish publish, Principal principal) {
        session.router().counts().published.increment();
        var topics = session.router().topics();
        var refused = new TreeSet<>(publish.options().fieldNames());
        refused.retainAll(REFUSED);
        if (!refused.isEmpty()) {
            fail(publish, WampError.OPTION_NOT_ALLOWED, "this router does not know the options " + refused);
        } else if (!topics.has(publish.topic()) && Master.introducedBy(publish.topic()) != null) {
            introduce(publish, Master.introducedBy(publish.topic()), principal);
        } else {
            OutgoingEvent outgoing;
            try {
                outgoing = OutgoingEvent.of(publish, topics.key(publish.topic()), session.id());
            } catch (IllegalArgumentException notATopic) {
                fail(publish, WampError.INVALID_URI, notATopic.getMessage());
                return;
            }
            if (principal.permissions().mayProduce(outgoing.key())) {
                send(publish, outgoing);
            } else {
                fail(
                        publish,
                        WampError.NOT_AUTHORIZED,
                        principal.name() + " may not publish to '" + publish.topic() + "'; a role must permit mq:"
                                + outgoing.key());
            }
        }
    }

    /** What is kept for a master is for nobody else. */
    private void introduce(Publish publish, Master master, Principal principal) {
        if (principal.permissions().mayProduce(master.start())) {
            session.introduced(master);
            acknowledge(publish, OutgoingEvent.id(publish.topic()));
        } else {
            fail(
                    publish,
                    WampError.NOT_AUTHORIZED,
                    principal.name() + " may not be master " + master.id() + "; a role must permit to produce mq:"
                            + master.start());
        }
    }

    private void send(Publish publish, OutgoingEvent outgoing) {
        if (session.master() != null) {
            session.master().published(outgoing.key().toString());
        }
        inFlight.begin();
        session.client()
                .produce(outgoing.key(), outgoing.body(), outgoing.headers())
                .onComplete((confirmed, failure) -> {
                    if (failure == null) {
                        acknowledge(publish, outgoing.id());
                    } else {
                        fail(publish, error(failure), failure.getMessage());
                    }
                    inFlight.end();
                });
    }

    private void acknowledge(Publish publish, long publication) {
        if (publish.isAcknowledged()) {
            session.send(new Published(publish.request(), publication));
        }
    }

    private static WampError error(Throwable failure) {
        return failure instanceof ReplyException reply && reply.failureCode() == SendFailure.UNREADABLE.code()
                ? WampError.INVALID_ARGUMENT
                : WampError.NETWORK_FAILURE;
    }

    private void fail(Publish publish, WampError error, String message) {
        session.router().counts().failed.increment();
        if (publish.isAcknowledged()) {
            session.send(new Failed(Request.PUBLISH, publish.request(), error, message));
        } else {
            session.complain("an event is lost, and its publisher has not asked to be told: " + message);
        }
    }
}
