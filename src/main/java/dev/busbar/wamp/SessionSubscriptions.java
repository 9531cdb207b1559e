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

/** What one session listens to. */
final class SessionSubscriptions {

    private static final Logger LOG = CleanLogger.of(SessionSubscriptions.class);

    private final WampSession session;
    private final WampTransport transport;
    private final InFlightLimit inFlight;
    private final Set<DurableQueue> occupied = new HashSet<>();
    private final Map<Long, SessionSubscription> byId = new HashMap<>();

    SessionSubscriptions(WampSession session, WampTransport transport, InFlightLimit inFlight) {
        this.session = session;
        this.transport = transport;
        this.inFlight = inFlight;
    }

    void subscribe(Subscribe request, Principal principal) {
        var most = session.router().config().limits().subscriptions();
        if (byId.size() >= most) {
            fail(
                    request,
                    WampError.TOO_MANY_SUBSCRIPTIONS,
                    "this session has " + most + " subscriptions (wamp.limits.subscriptions); unsubscribe from some");
            return;
        }
        Interest interest;
        try {
            interest = session.router().topics().interest(request.topic(), match(request));
        } catch (IllegalArgumentException notATopic) {
            fail(request, WampError.INVALID_URI, notATopic.getMessage());
            return;
        }
        if (principal.permissions().mayListen(interest.filter())) {
            listen(request, interest);
        } else {
            fail(
                    request,
                    WampError.NOT_AUTHORIZED,
                    principal.name() + " may not subscribe to '" + request.topic() + "'; a role must permit all of mq:"
                            + interest.filter());
        }
    }

    private static String match(Subscribe request) {
        var match = request.options().getValue("match", "exact");
        if (match instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("the option match must be a text");
    }

    private void listen(Subscribe request, Interest interest) {
        var subscription = subscription(request, interest);
        byId.put(subscription.id(), subscription);
        inFlight.begin();
        subscription.start().onComplete((live, failure) -> {
            if (failure != null && byId.remove(subscription.id()) != null) {
                if (session.master() != null) {
                    LOG.error(
                            "Buildbot master {} does not hear {}, and may not say so: {}. Restart the master then",
                            session.master().id(),
                            interest.filter(),
                            failure.getMessage());
                }
                fail(request, WampError.NETWORK_FAILURE, failure.getMessage());
            }
            inFlight.end();
        });
    }

    private SessionSubscription subscription(Subscribe request, Interest interest) {
        var master = session.master() == null ? null : session.master().id();
        for (int number = 1; ; number++) {
            var durableQueue = session.router().durableQueues().place(master, match(request), interest, number);
            if (durableQueue == null) {
                return new LiveSubscription(session, request, interest);
            } else if (occupied.add(durableQueue)) {
                return new DurableSubscription(session, request, interest, durableQueue, transport);
            }
        }
    }

    private void fail(Subscribe request, WampError error, String message) {
        session.send(new Failed(Request.SUBSCRIBE, request.request(), error, message));
    }

    /** What has not been confirmed is not known to the client, which cannot mean it. */
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
        if (subscription instanceof DurableSubscription parked) {
            occupied.remove(parked.durableQueue());
        }
        subscription.stop(session.router().durableQueues().staysAfterStop()).onComplete(stopped -> inFlight.end());
        session.send(new Unsubscribed(request.request()));
    }

    void close() {
        var stopped = session.master() != null && session.master().hasStopped();
        var keep = !stopped || session.router().durableQueues().staysAfterStop();
        List.copyOf(byId.values()).forEach(subscription -> subscription.stop(keep));
        byId.clear();
    }
}
