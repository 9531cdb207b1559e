package dev.busbar.broker.amqp10;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.internal.ContextInternal;
import io.vertx.proton.ProtonConnection;
import io.vertx.proton.ProtonSession;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An open connection and who is at its other end. Confined to the event loop; useless once the connection is lost. */
final class Peer {

    /** How long the broker may take to answer a request, an attach or a begin. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ContextInternal context;
    private final ProtonConnection connection;
    private final PeerTraits traits;
    private final Dialect dialect;
    private final String place;
    private final Map<RequestLink.Form, RequestLink> requests = new HashMap<>();

    Peer(ContextInternal context, ProtonConnection connection, PeerTraits traits, Dialect dialect, String place) {
        this.context = context;
        this.connection = connection;
        this.traits = traits;
        this.dialect = dialect;
        this.place = place;
    }

    ContextInternal context() {
        return context;
    }

    ProtonConnection connection() {
        return connection;
    }

    /** What the broker says of itself. */
    PeerTraits traits() {
        return traits;
    }

    Dialect dialect() {
        return dialect;
    }

    /** Host and port. */
    String place() {
        return place;
    }

    /** A name that no other link of any connection has. */
    static String linkName(String of) {
        return of + "-" + UUID.randomUUID();
    }

    /**
     * Begins a session, which one owner has for itself: brokers end it over errors of one link.
     *
     * @param ended called with the reason if the broker ends it, also before it has begun
     */
    Future<ProtonSession> begin(Handler<BrokerException> ended) {
        var begun = context.<ProtonSession>promise();
        ProtonSession session;
        try {
            session = connection.createSession();
        } catch (RuntimeException e) {
            return Future.failedFuture(new BrokerException(
                    Kind.LIMIT,
                    "no session is left on the connection to " + place + " (" + e.getMessage()
                            + "), one for each route is needed: raise the broker's limit, or deploy some of the routes as"
                            + " another BridgeVerticle, which has connections of its own",
                    e));
        }
        session.openHandler(result -> {
            if (result.succeeded()) {
                begun.tryComplete(session);
            }
        });
        session.closeHandler(result -> {
            var reason = AmqpErrors.translate(session.getRemoteCondition(), "while using a session");
            session.close();
            session.free();
            begun.tryFail(reason);
            ended.handle(reason);
        });
        session.open();
        return patient(begun.future(), "beginning a session");
    }

    /** Requests to a node of the broker, over one pair of links for all who ask. */
    RequestLink requests(RequestLink.Form form) {
        return requests.computeIfAbsent(form, asked -> new RequestLink(this, asked));
    }

    /** Fails what the broker does not answer in time. */
    <T> Future<T> patient(Future<T> answer, String doing) {
        return answer.timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure -> Future.failedFuture(
                        failure instanceof TimeoutException
                                ? new BrokerException(
                                        Kind.UNREACHABLE,
                                        "the broker at " + place + " did not answer within " + PATIENCE.toSeconds()
                                                + " s " + doing)
                                : failure));
    }

    /** The connection is gone. */
    void lost(BrokerException cause) {
        requests.values().forEach(link -> link.lost(cause));
        requests.clear();
    }
}
