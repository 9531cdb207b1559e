package dev.busbar.web.sockjs;

import dev.busbar.codec.UnreadablePayloadException;
import dev.busbar.config.WebLimits;
import dev.busbar.hub.HubClient;
import dev.busbar.log.CleanLogger;
import dev.busbar.log.ThrottledLog;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.event.Level;

/** The connection of one browser: reads its frames and acts on them. Confined to the event loop of the socket. */
final class BrowserSocket {

    private static final ThrottledLog FAILURES =
            new ThrottledLog(CleanLogger.of(BrowserSocket.class), Level.ERROR, "browsers");

    /** The types of frames that need no action besides their authentication. */
    private static final Set<String> TYPES_WITHOUT_ACTION = Set.of("ping", "auth");

    /** How long a browser may take to read why it is disconnected. */
    private static final long LAST_FRAME_TIMEOUT_MILLIS = 5_000;

    private final BrowserContext shared;
    private final BrowserTransport transport;
    private final HubClient client;
    private final Inbox inbox;
    private final SocketOutbox out;
    private final Refusals refusals;
    private final SocketAuthorization socketAuthorization;
    private final SocketSubscriptions subscriptions;
    private final SocketRequests requests;
    private final Instant since = Instant.now();
    private long lastHeardNanos = System.nanoTime();
    private boolean closed;

    BrowserSocket(BrowserContext shared, BrowserTransport transport) {
        this.shared = shared;
        this.transport = transport;
        client = shared.hub().client();
        out = new SocketOutbox(transport, limits(), shared.flushes(), shared.browsers());
        refusals = new Refusals(out);
        inbox = new Inbox(2 * limits().frameBytes(), this::read, this::flooded);
        subscriptions = new SocketSubscriptions(this, shared);
        requests = new SocketRequests(this, shared);
        socketAuthorization = new SocketAuthorization(shared.vertx(), shared.authenticator(), subscriptions::review);
    }

    /** The socket's client of the hub: messages sent later wait until registrations made earlier are live. */
    HubClient client() {
        return client;
    }

    WebLimits limits() {
        return shared.limits();
    }

    Inbox inbox() {
        return inbox;
    }

    SocketOutbox out() {
        return out;
    }

    Refusals refusals() {
        return refusals;
    }

    SocketAuthorization socketAuthorization() {
        return socketAuthorization;
    }

    SocketRequests requests() {
        return requests;
    }

    /**
     * Begins to serve the browser, unless there are too many sockets.
     *
     * @param authorization the header of the request that opened the socket, or {@code null}
     */
    void open(String authorization) {
        if (shared.sockets().size() >= limits().sockets()) {
            shared.browsers().refused();
            transport.close(1013, "too many sockets");
            return;
        }
        shared.sockets().add(this);
        shared.browsers().opened();
        transport.open(this::received, this::close);
        if (authorization != null) {
            authenticate(authorization, () -> {}, why -> refusals.refuse("auth_error", null, why));
        }
    }

    private void received(Buffer data) {
        lastHeardNanos = System.nanoTime();
        // The server may read longer messages, for other handlers that are mounted on its port.
        if (data.length() > limits().frameBytes()) {
            out.close(1009, "too long");
        } else {
            inbox.received(data);
        }
    }

    void heartbeat() {
        out.heartbeat();
    }

    void checkSilence() {
        if (System.nanoTime() - lastHeardNanos >= limits().pingTimeout().toNanos()) {
            out.close(1001, "no ping");
        }
    }

    private void read(Buffer data) {
        BrowserFrame frame;
        try {
            frame = BrowserFrame.parse(data);
        } catch (UnreadablePayloadException | ClassCastException notAFrame) {
            refusals.refuse(
                    "invalid_json",
                    null,
                    "the frame is not an object of the bridge's protocol; use the official client");
            return;
        }
        if (socketAuthorization.isNew(frame.authorization())) {
            authenticate(
                    frame.authorization(),
                    () -> dispatch(frame),
                    why -> refusals.refuse("auth_error", Refusals.UNAUTHORIZED, frame, why));
        } else {
            dispatch(frame);
        }
    }

    /** Authenticates the browser; no frame is read meanwhile, so that frames keep their order. */
    private void authenticate(String authorization, Runnable onAccepted, Consumer<String> onRefused) {
        inbox.hold();
        socketAuthorization.authenticate(authorization).onComplete((accepted, failure) -> {
            try {
                if (failure == null) {
                    onAccepted.run();
                } else {
                    onRefused.accept(failure.getMessage());
                }
            } finally {
                inbox.release();
            }
        });
    }

    private void dispatch(BrowserFrame frame) {
        if (closed || TYPES_WITHOUT_ACTION.contains(String.valueOf(frame.type()))) {
            return;
        }
        try {
            act(frame);
        } catch (RuntimeException e) {
            FAILURES.add("a frame could not be handled", e);
            refusals.refuse(
                    "internal_error", Refusals.FAILED, frame, "the frame could not be handled; the log says why");
        }
    }

    private void act(BrowserFrame frame) {
        var address = frame.address();
        if (frame.type() == null) {
            refusals.refuse("missing_type", null, "the frame has no type; use the official client");
        } else if (address == null) {
            refusals.refuse("missing_address", null, "the frame has no address; give it one");
        } else if (!refusals.refuseTooLong(frame)) {
            switch (frame.type()) {
                case "register" -> subscriptions.register(address, frame.headers());
                case "unregister" -> subscriptions.unregister(address);
                case "send", "publish" -> send(frame);
                default ->
                    refusals.refuse("invalid_type", address, "the frame's type is unknown; use the official client");
            }
        }
    }

    private void send(BrowserFrame frame) {
        if (frame.problem() == null) {
            requests.produce(frame.type().equals("send"), frame);
        } else {
            refusals.refuse("invalid_json", Refusals.BAD_REQUEST, frame, "the body cannot be sent: " + frame.problem());
        }
    }

    private void flooded() {
        var why = Frames.refused(
                "too_many_messages",
                null,
                "more than " + Inbox.MAX_WAITING_MESSAGES + " messages, or " + 2 * limits().frameBytes()
                        + " bytes, wait here for earlier ones; wait for replies before sending more");
        var closing = "too many messages wait for earlier ones; wait for replies";
        out.close(why, 1008, closing);
        shared.vertx().setTimer(LAST_FRAME_TIMEOUT_MILLIS, id -> out.close(1008, closing));
    }

    BrowserStatus status() {
        return new BrowserStatus(
                socketAuthorization.name(),
                String.valueOf(transport.remoteAddress()),
                transport.headers().get("Origin"),
                OfferedTransports.named(transport.uri()),
                since,
                subscriptions.addresses(),
                out.queuedMessages(),
                out.queuedBytes(),
                out.dropped());
    }

    private void close() {
        if (closed) {
            return;
        }
        closed = true;
        shared.sockets().remove(this);
        shared.browsers().closed();
        out.end();
        inbox.close();
        socketAuthorization.close();
        subscriptions.close();
        requests.close();
    }
}
