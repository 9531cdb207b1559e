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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.qpid.proton.amqp.transport.ConnectionError;
import org.apache.qpid.proton.amqp.transport.ErrorCondition;

/** An open connection and who is at its other end. Confined to the event loop; useless once the connection is lost. */
final class Peer {

    private static final List<Duration> BEGIN_PATIENCE =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(15));
    private static final int END_MILLIS = 1_000;

    /** How long the broker may take to answer a request, an attach or a begin. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A question that the broker works at for longer, up to twice as long, keeps no others waiting. */
    static final long SLOW_MILLIS = 1_000;

    /** How many sessions may be busy with one question each: they count as the connection's others do. */
    static final int MAX_BUSY = 3;

    private final ContextInternal context;
    private final ProtonConnection connection;
    private final PeerTraits traits;
    private final Dialect dialect;
    private final String place;
    private final SessionWindows windows;
    private final Map<RequestLink.Form, RequestLink> requests = new HashMap<>();
    private final Map<Class<?>, Object> kept = new HashMap<>();
    private final Set<Future<Void>> ending = new HashSet<>();
    private boolean lost;
    private boolean endedOverError;
    private Handler<BrokerException> silence = ignored -> {};

    Peer(ContextInternal context, ProtonConnection connection, PeerTraits traits, Dialect dialect, String place) {
        this.context = context;
        this.connection = connection;
        this.traits = traits;
        this.dialect = dialect;
        this.place = place;
        this.windows = new SessionWindows(context);
        Engine.trace(connection, windows);
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

    /** In which sessions it takes no transfers. */
    SessionWindows windows() {
        return windows;
    }

    /** A name that no other link of any connection has. */
    static String linkName(String of) {
        return of + "-" + UUID.randomUUID();
    }

    /**
     * Begins a session, which one owner has for itself: brokers end it over errors of one link. A begin that is not
     * answered soon is left alone and another one made, under another number: see {@link #end}. Where none is answered,
     * nor anything else said, the connection is of no use any more, though the broker may still keep it alive.
     *
     * @param ended called with the reason if the broker ends it, also before it has begun
     */
    Future<ProtonSession> begin(Handler<BrokerException> ended) {
        if (!ending.isEmpty()) {
            return Future.join(List.copyOf(ending)).transform(ignored -> begin(ended));
        }
        var asked = System.nanoTime();
        return begin(ended, 0).onFailure(failure -> {
            if (failure.getCause() instanceof TimeoutException && !lost && !windows.heardSince(asked)) {
                silence.handle((BrokerException) failure);
            }
        });
    }

    /** @param handler told when the broker does not answer at all, on this connection */
    void onSilence(Handler<BrokerException> handler) {
        silence = handler;
    }

    private Future<ProtonSession> begin(Handler<BrokerException> ended, int attempt) {
        var session = connection.createSession();
        if (!mayBegin(session)) {
            session.free();
            return Future.failedFuture(noneLeft(Engine.channels(session)));
        }
        return patient(begun(session, ended), BEGIN_PATIENCE.get(attempt), "beginning a session")
                .recover(failure -> {
                    if (!(failure.getCause() instanceof TimeoutException)) {
                        return Future.failedFuture(failure);
                    }
                    session.openHandler(ignored -> end(session));
                    session.closeHandler(ignored -> {});
                    return attempt + 1 < BEGIN_PATIENCE.size()
                            ? begin(ended, attempt + 1)
                            : Future.failedFuture(failure);
                });
    }

    private Future<ProtonSession> begun(ProtonSession session, Handler<BrokerException> ended) {
        var begun = context.<ProtonSession>promise();
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
        return begun.future();
    }

    /** Whether the broker allows another session beside those that are open, as this one is. */
    static boolean mayBegin(ProtonSession open) {
        return Engine.openSessions(open) < Engine.channels(open);
    }

    private BrokerException noneLeft(int channels) {
        return new BrokerException(
                Kind.LIMIT,
                "no channel is left on the connection to " + place + ", all " + channels
                        + " are in use, one for each route and some besides: raise the broker's limit of channels or"
                        + " sessions, or deploy some of the routes as another BridgeVerticle, which has connections of its"
                        + " own");
    }

    /**
     * Ends a session, which detaches its links and returns what is unsettled. No other is begun until the broker has
     * ended this one too: the other would go by the same number, and as long as the end has not been answered, proton-j
     * passes over the answer to the begin. RabbitMQ 3 at times answers the begin first, or the end never.
     *
     * @return completes when it has ended, or the broker does not answer
     */
    Future<Void> end(ProtonSession session) {
        if (lost) {
            return Future.succeededFuture();
        }
        var ended = context.<Void>promise();
        session.closeHandler(ignored -> ended.tryComplete());
        session.close();
        var over = ended.future().timeout(END_MILLIS, TimeUnit.MILLISECONDS).otherwiseEmpty();
        ending.add(over);
        return over.onComplete(ignored -> {
            ending.remove(over);
            if (!lost) {
                session.free();
            }
        });
    }

    /** Requests to a node of the broker, over one pair of links for all who ask. */
    RequestLink requests(RequestLink.Form form) {
        return requests.computeIfAbsent(form, asked -> new RequestLink(this, asked));
    }

    /** Fails what the broker does not answer in time. */
    <T> Future<T> patient(Future<T> answer, String doing) {
        return patient(answer, PATIENCE, doing);
    }

    private <T> Future<T> patient(Future<T> answer, Duration patience, String doing) {
        return answer.timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure -> Future.failedFuture(
                        failure instanceof TimeoutException
                                ? new BrokerException(
                                        Kind.UNREACHABLE,
                                        "the broker at " + place + " did not answer within " + patience.toSeconds()
                                                + " s " + doing,
                                        failure)
                                : failure));
    }

    /** What a dialect keeps for as long as the connection lasts; made when it is first asked for. */
    <T> T kept(Class<T> type, Function<Peer, T> maker) {
        return type.cast(kept.computeIfAbsent(type, ignored -> maker.apply(this)));
    }

    /** The broker has ended the connection, and said why. */
    void endedFor(ErrorCondition reason) {
        endedOverError = reason != null
                && reason.getCondition() != null
                && !ConnectionError.CONNECTION_FORCED.equals(reason.getCondition());
    }

    boolean endedOverError() {
        return endedOverError;
    }

    /** The connection is gone. */
    void lost(BrokerException cause) {
        lost = true;
        requests.values().forEach(link -> link.lost(cause));
        requests.clear();
    }
}
