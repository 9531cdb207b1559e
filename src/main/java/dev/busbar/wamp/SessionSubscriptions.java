package dev.busbar.wamp;

import dev.busbar.log.CleanLogger;
import dev.busbar.socket.InFlightLimit;
import dev.busbar.wamp.ClientMessage.Subscribe;
import dev.busbar.wamp.ClientMessage.Unsubscribe;
import dev.busbar.wamp.RouterMessage.Failed;
import dev.busbar.wamp.RouterMessage.Unsubscribed;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;

/** The subscriptions of one session. Confined to the event loop of the session's socket. */
final class SessionSubscriptions {

    private static final Logger LOG = CleanLogger.of(SessionSubscriptions.class);

    private final WampSession session;
    private final WampContext shared;
    private final WampTransport transport;
    private final InFlightLimit inFlight;
    private final Set<DurableQueue> consumedQueues = new HashSet<>();
    private final Map<Long, SessionSubscription> byId = new HashMap<>();

    SessionSubscriptions(WampSession session, WampContext shared, WampTransport transport, InFlightLimit inFlight) {
        this.session = session;
        this.shared = shared;
        this.transport = transport;
        this.inFlight = inFlight;
    }

    void subscribe(Subscribe request, Principal principal) {
        var maxSubscriptions = shared.limits().subscriptions();
        if (byId.size() >= maxSubscriptions) {
            fail(
                    request,
                    WampError.TOO_MANY_SUBSCRIPTIONS,
                    "this session has " + maxSubscriptions
                            + " subscriptions (wamp.limits.subscriptions); unsubscribe from some");
            return;
        }
        TopicMatch topicMatch;
        try {
            topicMatch = shared.topics().match(request.topic(), matchOption(request));
        } catch (IllegalArgumentException notATopic) {
            fail(request, WampError.INVALID_URI, notATopic.getMessage());
            return;
        }
        if (principal.permissions().mayListen(topicMatch.filter())) {
            start(request, topicMatch);
        } else {
            fail(
                    request,
                    WampError.NOT_AUTHORIZED,
                    principal.name() + " may not subscribe to '" + request.topic() + "'; a role must permit all of mq:"
                            + topicMatch.filter());
        }
    }

    private static String matchOption(Subscribe request) {
        var match = request.options().getValue("match", "exact");
        if (match instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("the option match must be a text");
    }

    private void start(Subscribe request, TopicMatch topicMatch) {
        var subscription = subscription(request, topicMatch);
        byId.put(subscription.id(), subscription);
        inFlight.begin();
        subscription.start().onComplete((live, failure) -> {
            if (failure != null && byId.remove(subscription.id()) != null) {
                var master = session.master();
                if (master != null) {
                    LOG.error(
                            "Buildbot master {} could not subscribe to {}: {}. Restart the master: it may not report"
                                    + " the error itself",
                            master.id(),
                            topicMatch.filter(),
                            failure.getMessage());
                }
                fail(request, WampError.NETWORK_FAILURE, failure.getMessage());
            }
            inFlight.end();
        });
    }

    private SessionSubscription subscription(Subscribe request, TopicMatch topicMatch) {
        var master = session.master() == null ? null : session.master().id();
        for (int number = 1; ; number++) {
            var durableQueue = shared.durableQueues().find(master, matchOption(request), topicMatch, number);
            if (durableQueue == null) {
                return new LiveSubscription(session, shared, request, topicMatch);
            } else if (consumedQueues.add(durableQueue)) {
                return new DurableSubscription(session, shared, request, topicMatch, durableQueue, transport);
            }
        }
    }

    private void fail(Subscribe request, WampError error, String message) {
        session.send(new Failed(Request.SUBSCRIBE, request.request(), error, message));
    }

    /** Ends a subscription. One that is not confirmed yet cannot be meant: the client does not know its id. */
    void unsubscribe(Unsubscribe request) {
        var subscription = byId.get(request.subscription());
        if (subscription == null || !subscription.isConfirmed()) {
            session.send(new Failed(
                    Request.UNSUBSCRIBE,
                    request.request(),
                    WampError.NO_SUCH_SUBSCRIPTION,
                    "this session has no subscription " + request.subscription()));
            return;
        }
        byId.remove(subscription.id());
        inFlight.begin();
        if (subscription instanceof DurableSubscription durable) {
            consumedQueues.remove(durable.durableQueue());
        }
        subscription.stop(shared.durableQueues().stayAfterStop()).onComplete(stopped -> inFlight.end());
        session.send(new Unsubscribed(request.request()));
    }

    /** Ends all subscriptions. Durable queues stay unless the master has stopped cleanly and asks for none to stay. */
    void close() {
        var stopped = session.master() != null && session.master().hasStopped();
        var keepQueues = !stopped || shared.durableQueues().stayAfterStop();
        List.copyOf(byId.values()).forEach(subscription -> subscription.stop(keepQueues));
        byId.clear();
    }
}
