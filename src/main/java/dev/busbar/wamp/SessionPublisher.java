package dev.busbar.wamp;

import dev.busbar.delivery.SendFailure;
import dev.busbar.hub.HubClient;
import dev.busbar.socket.InFlightLimit;
import dev.busbar.wamp.ClientMessage.Publish;
import dev.busbar.wamp.RouterMessage.Failed;
import dev.busbar.wamp.RouterMessage.Published;
import io.vertx.core.eventbus.ReplyException;
import java.util.Set;
import java.util.TreeSet;

/**
 * Publishes the events of one session to the broker. A client that has not asked for an acknowledgement gets no answer,
 * whatever happens.
 */
final class SessionPublisher {

    /** Options that restrict who sees an event: a router that ignored them would show it to others. */
    private static final Set<String> REFUSED_OPTIONS = Set.of(
            "exclude",
            "exclude_authid",
            "exclude_authrole",
            "eligible",
            "eligible_authid",
            "eligible_authrole",
            "disclose_me");

    private final WampSession session;
    private final Topics topics;
    private final SessionCounts counts;
    private final HubClient client;
    private final InFlightLimit inFlight;

    SessionPublisher(WampSession session, WampContext shared, HubClient client, InFlightLimit inFlight) {
        this.session = session;
        this.client = client;
        this.inFlight = inFlight;
        topics = shared.topics();
        counts = shared.counts();
    }

    void publish(Publish publish, Principal principal) {
        counts.published.increment();
        var refused = new TreeSet<>(publish.options().fieldNames());
        refused.retainAll(REFUSED_OPTIONS);
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

    /** Requires the permission of the real master, because the session then gets the messages kept for the master. */
    private void introduce(Publish publish, Master master, Principal principal) {
        if (principal.permissions().mayProduce(master.startedKey())) {
            session.introduced(master);
            acknowledge(publish, OutgoingEvent.id(publish.topic()));
        } else {
            fail(
                    publish,
                    WampError.NOT_AUTHORIZED,
                    principal.name() + " may not be master " + master.id() + "; a role must permit to produce mq:"
                            + master.startedKey());
        }
    }

    private void send(Publish publish, OutgoingEvent outgoing) {
        var master = session.master();
        if (master != null) {
            master.published(outgoing.key().toString());
        }
        inFlight.begin();
        client.produce(outgoing.key(), outgoing.body(), outgoing.headers()).onComplete((confirmed, failure) -> {
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
        counts.failed.increment();
        if (publish.isAcknowledged()) {
            session.send(new Failed(Request.PUBLISH, publish.request(), error, message));
        } else {
            session.warn("lost an event, and is not told because it asked for no acknowledgement: " + message);
        }
    }
}
