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

/**
 * Holds an open connection and what is known of the broker at its other end. Confined to the event loop; of no use once
 * the connection is lost.
 */
final class Peer {

    private static final List<Duration> BEGIN_TIMEOUTS =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(15));
    private static final int END_TIMEOUT_MILLIS = 1_000;

    /** How long the broker may take to answer a request, an attach or a begin. */
    static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);

    /**
     * How long a slow request keeps the requests behind it waiting, before they are sent over another session. The wait
     * may last up to twice as long.
     */
    static final long SLOW_REQUEST_MILLIS = 1_000;

    /**
     * How many sessions may each be left to one slow request. They count against the broker's limit like all sessions
     * of the connection.
     */
    static final int MAX_BUSY_SESSIONS = 3;

    private final ContextInternal context;
    private final ProtonConnection connection;
    private final PeerTraits traits;
    private final Dialect dialect;
    private final String hostAndPort;
    private final SessionWindows windows;
    private final Map<RequestLink.Form, RequestLink> requests = new HashMap<>();
    private final Map<Class<?>, Object> keptByType = new HashMap<>();
    private final Set<Future<Void>> pendingEnds = new HashSet<>();
    private boolean lost;
    private boolean endedOverError;
    private Handler<BrokerException> silenceHandler = ignored -> {};

    Peer(ContextInternal context, ProtonConnection connection, PeerTraits traits, Dialect dialect, String hostAndPort) {
        this.context = context;
        this.connection = connection;
        this.traits = traits;
        this.dialect = dialect;
        this.hostAndPort = hostAndPort;
        this.windows = new SessionWindows(context);
        ProtonEngine.trace(connection, windows);
    }

    ContextInternal context() {
        return context;
    }

    ProtonConnection connection() {
        return connection;
    }

    /** Returns what the broker says of itself. */
    PeerTraits traits() {
        return traits;
    }

    Dialect dialect() {
        return dialect;
    }

    /** Returns host and port of the broker. */
    String hostAndPort() {
        return hostAndPort;
    }

    /** Returns the windows of the sessions, which tell in which ones the broker takes no transfers. */
    SessionWindows windows() {
        return windows;
    }

    /** Returns a link name that no other link of any connection has. */
    static String linkName(String of) {
        return of + "-" + UUID.randomUUID();
    }

    /**
     * Begins a session, for one owner alone: brokers end a session over an error of one of its links. If the broker
     * does not answer a begin soon, that session is left alone and another one begun under another channel number; see
     * {@link #end}. If the broker answers none of them and sends no other frame either, the connection is of no use any
     * more, though the broker may still keep it alive: then the handler of {@link #onSilence} is told.
     *
     * @param ended called with the reason if the broker ends the session, also before the session has begun
     */
    Future<ProtonSession> begin(Handler<BrokerException> ended) {
        if (!pendingEnds.isEmpty()) {
            return Future.join(List.copyOf(pendingEnds)).transform(ignored -> begin(ended));
        }
        var receivedBefore = windows.framesReceived();
        return begin(ended, 0).onFailure(failure -> {
            if (failure.getCause() instanceof TimeoutException && !lost && windows.framesReceived() == receivedBefore) {
                silenceHandler.handle((BrokerException) failure);
            }
        });
    }

    /** Sets the handler that is told when the broker does not answer at all on this connection. */
    void onSilence(Handler<BrokerException> handler) {
        silenceHandler = handler;
    }

    private Future<ProtonSession> begin(Handler<BrokerException> ended, int attempt) {
        var session = connection.createSession();
        if (!mayBegin(session)) {
            session.free();
            return Future.failedFuture(noChannelLeft(ProtonEngine.channels(session)));
        }
        return inTime(open(session, ended), BEGIN_TIMEOUTS.get(attempt), "beginning a session")
                .recover(failure -> {
                    if (!(failure.getCause() instanceof TimeoutException)) {
                        return Future.failedFuture(failure);
                    }
                    session.openHandler(ignored -> end(session));
                    session.closeHandler(ignored -> {});
                    return attempt + 1 < BEGIN_TIMEOUTS.size()
                            ? begin(ended, attempt + 1)
                            : Future.failedFuture(failure);
                });
    }

    private Future<ProtonSession> open(ProtonSession session, Handler<BrokerException> ended) {
        var opened = context.<ProtonSession>promise();
        session.openHandler(result -> {
            if (result.succeeded()) {
                opened.tryComplete(session);
            }
        });
        session.closeHandler(result -> {
            var reason = AmqpErrors.translate(session.getRemoteCondition(), "while using a session");
            session.close();
            session.free();
            opened.tryFail(reason);
            ended.handle(reason);
        });
        session.open();
        return opened.future();
    }

    /** Whether the broker allows one more session on the connection of an open session. */
    static boolean mayBegin(ProtonSession open) {
        return ProtonEngine.openSessions(open) < ProtonEngine.channels(open);
    }

    private BrokerException noChannelLeft(int channels) {
        return new BrokerException(
                Kind.LIMIT,
                "no channel is left on the connection to " + hostAndPort + ", all " + channels
                        + " are in use, one for each route and some besides: raise the broker's limit of channels or"
                        + " sessions, or deploy some of the routes as another BridgeVerticle, which has connections of its"
                        + " own");
    }

    /**
     * Ends a session, which detaches its links and returns its unsettled deliveries. No other session is begun until
     * the broker has answered the end: the other session would get the same channel number, and until the end is
     * answered, proton-j ignores the answer to a begin under that number. RabbitMQ 3 at times answers the begin first,
     * or never answers the end.
     *
     * @return completes when the session has ended, or when the broker has not answered in time
     */
    Future<Void> end(ProtonSession session) {
        if (lost) {
            return Future.succeededFuture();
        }
        var ended = context.<Void>promise();
        session.closeHandler(ignored -> ended.tryComplete());
        session.close();
        var answered = ended.future()
                .timeout(END_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .otherwiseEmpty();
        pendingEnds.add(answered);
        return answered.onComplete(ignored -> {
            pendingEnds.remove(answered);
            if (!lost) {
                session.free();
            }
        });
    }

    /** Returns the link for requests to a node of the broker, which all who ask that node share. */
    RequestLink requests(RequestLink.Form form) {
        return requests.computeIfAbsent(form, asked -> new RequestLink(this, asked));
    }

    /** Returns the answer, or fails with {@code UNREACHABLE} if the broker does not give it in time. */
    <T> Future<T> inTime(Future<T> answer, String doing) {
        return inTime(answer, ANSWER_TIMEOUT, doing);
    }

    private <T> Future<T> inTime(Future<T> answer, Duration timeout, String doing) {
        return answer.timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure -> Future.failedFuture(
                        failure instanceof TimeoutException
                                ? new BrokerException(
                                        Kind.UNREACHABLE,
                                        "the broker at " + hostAndPort + " did not answer within " + timeout.toSeconds()
                                                + " s " + doing,
                                        failure)
                                : failure));
    }

    /**
     * Returns the object of this type that a dialect keeps for the life of the connection; makes it when it is first
     * asked for.
     */
    <T> T kept(Class<T> type, Function<Peer, T> maker) {
        return type.cast(keptByType.computeIfAbsent(type, ignored -> maker.apply(this)));
    }

    /** Records why the broker has ended the connection. */
    void endedFor(ErrorCondition reason) {
        endedOverError = reason != null
                && reason.getCondition() != null
                && !ConnectionError.CONNECTION_FORCED.equals(reason.getCondition());
    }

    /** Whether the broker has ended the connection with an error, other than to force it closed. */
    boolean endedOverError() {
        return endedOverError;
    }

    /** Records that the connection is lost, and fails the requests that wait for an answer. */
    void lost(BrokerException cause) {
        lost = true;
        requests.values().forEach(link -> link.lost(cause));
        requests.clear();
    }
}
