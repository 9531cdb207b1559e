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

/** One browser's connection. */
final class BrowserSocket {

    private static final ThrottledLog FAILURES =
            new ThrottledLog(CleanLogger.of(BrowserSocket.class), Level.ERROR, "browsers");

    /** What has been done once it has been read. */
    private static final Set<String> SILENT = Set.of("ping", "auth");

    /** For a browser that is told why it is disconnected, and may not read it. */
    private static final long LAST_WORD_MILLIS = 5_000;

    private final BrowserBridge bridge;
    private final BrowserTransport transport;
    private final HubClient client;
    private final Inbox inbox;
    private final SocketOutbox out;
    private final Refusals refusals;
    private final SocketAuthorization socketAuthorization;
    private final SocketSubscriptions subscriptions;
    private final SocketRequests requests;
    private final Instant since = Instant.now();
    private long heard = System.nanoTime();
    private boolean closed;

    BrowserSocket(BrowserBridge bridge, BrowserTransport transport) {
        this.bridge = bridge;
        this.transport = transport;
        client = bridge.hub.client();
        out = new SocketOutbox(transport, limits(), bridge.flushes, bridge.browsers);
        refusals = new Refusals(out);
        inbox = new Inbox(2 * limits().frameBytes(), this::read, this::flooded);
        subscriptions = new SocketSubscriptions(this);
        requests = new SocketRequests(this);
        socketAuthorization = new SocketAuthorization(bridge.vertx, bridge.authenticator, subscriptions::review);
    }

    BrowserBridge bridge() {
        return bridge;
    }

    /** What this browser sends waits for what it has registered before. */
    HubClient client() {
        return client;
    }

    WebLimits limits() {
        return bridge.config.limits();
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

    /** @param authorization the header of the request that opened it, or {@code null} */
    void open(String authorization) {
        if (bridge.sockets.size() >= limits().sockets()) {
            bridge.browsers.refused();
            transport.close(1013, "too many sockets");
            return;
        }
        bridge.sockets.add(this);
        bridge.browsers.opened();
        transport.open(this::received, this::close);
        if (authorization != null) {
            identified(authorization, () -> {}, why -> refusals.refuse("auth_error", null, why));
        }
    }

    private void received(Buffer data) {
        heard = System.nanoTime();
        // The server reads longer ones where something else on its port asks for that.
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
        if (System.nanoTime() - heard >= limits().pingTimeout().toNanos()) {
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
        if (socketAuthorization.isNews(frame.authorization())) {
            identified(
                    frame.authorization(),
                    () -> dispatch(frame),
                    why -> refusals.refuse("auth_error", Refusals.UNAUTHORIZED, frame, why));
        } else {
            dispatch(frame);
        }
    }

    /** Reads nothing meanwhile, so that frames keep their order. */
    private void identified(String given, Runnable then, Consumer<String> refused) {
        inbox.hold();
        socketAuthorization.present(given).onComplete((known, failure) -> {
            try {
                if (failure == null) {
                    then.run();
                } else {
                    refused.accept(failure.getMessage());
                }
            } finally {
                inbox.release();
            }
        });
    }

    private void dispatch(BrowserFrame frame) {
        if (closed || SILENT.contains(String.valueOf(frame.type()))) {
            return;
        }
        try {
            dealtWith(frame);
        } catch (RuntimeException e) {
            FAILURES.add("a frame could not be dealt with", e);
            refusals.refuse(
                    "internal_error", Refusals.FAILED, frame, "the frame could not be dealt with; the log says why");
        }
    }

    private void dealtWith(BrowserFrame frame) {
        var address = frame.address();
        if (frame.type() == null) {
            refusals.refuse("missing_type", null, "the frame has no type; use the official client");
        } else if (address == null) {
            refusals.refuse("missing_address", null, "the frame has no address; give it one");
        } else if (!refusals.tooLong(frame)) {
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
                "more than " + Inbox.MESSAGES + " messages, or " + 2 * limits().frameBytes()
                        + " bytes, wait here for earlier ones; wait for replies before sending more");
        var closing = "too many messages wait for earlier ones; wait for replies";
        out.close(why, 1008, closing);
        bridge.vertx.setTimer(LAST_WORD_MILLIS, id -> out.close(1008, closing));
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
        bridge.sockets.remove(this);
        bridge.browsers.closed();
        out.end();
        inbox.close();
        socketAuthorization.close();
        subscriptions.close();
        requests.close();
    }
}
