package dev.busbar.web.sockjs;

import dev.busbar.config.WebLimits;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One browser's connection. */
final class BrowserSocket {

    private static final Logger LOG = LoggerFactory.getLogger(BrowserBridge.class);

    /** What has been done once it has been read. */
    private static final Set<String> SILENT = Set.of("ping", "auth");

    /** For a browser that is told why it is disconnected, and may not read it. */
    private static final long LAST_WORD_MILLIS = 5_000;

    private final BrowserBridge bridge;
    private final Line line;
    private final Inbox inbox;
    private final Outbox out;
    private final Standing standing;
    private final Subscriptions subscriptions = new Subscriptions(this);
    private final Requests requests = new Requests(this);
    private long heard = System.nanoTime();
    private boolean closed;

    BrowserSocket(BrowserBridge bridge, Line line) {
        this.bridge = bridge;
        this.line = line;
        out = new Outbox(line, limits(), bridge.turn);
        inbox = new Inbox(2 * limits().frameBytes(), this::read, this::flooded);
        standing = new Standing(bridge.vertx, bridge.authenticator, subscriptions::review);
    }

    BrowserBridge bridge() {
        return bridge;
    }

    WebLimits limits() {
        return bridge.config.limits();
    }

    Inbox inbox() {
        return inbox;
    }

    Outbox out() {
        return out;
    }

    Standing standing() {
        return standing;
    }

    Requests requests() {
        return requests;
    }

    /** @param authorization the header of the request that opened it, or {@code null} */
    void open(String authorization) {
        if (bridge.sockets.size() >= limits().sockets()) {
            line.close(1013, "too many sockets");
            return;
        }
        bridge.sockets.add(this);
        line.open(
                data -> {
                    heard = System.nanoTime();
                    inbox.received(data);
                },
                this::close);
        if (authorization != null) {
            identified(authorization, () -> {});
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
        Incoming frame;
        try {
            frame = Incoming.parse(data);
        } catch (DecodeException | ClassCastException notAFrame) {
            refuse(
                    "invalid_json",
                    null,
                    "the frame is not an object of the bridge's protocol; use the official client");
            return;
        }
        if (standing.isNews(frame.authorization())) {
            identified(frame.authorization(), () -> dispatch(frame));
        } else {
            dispatch(frame);
        }
    }

    /** Reads nothing meanwhile, so that frames keep their order. */
    private void identified(String given, Runnable then) {
        inbox.hold();
        standing.present(given).onComplete((known, failure) -> {
            try {
                if (failure == null) {
                    then.run();
                } else {
                    refuse("auth_error", null, failure.getMessage());
                }
            } finally {
                inbox.release();
            }
        });
    }

    private void dispatch(Incoming frame) {
        if (closed || SILENT.contains(String.valueOf(frame.type()))) {
            return;
        }
        try {
            dealtWith(frame);
        } catch (RuntimeException e) {
            LOG.error("a frame from a browser could not be dealt with", e);
            refuse("internal_error", frame.address(), "the frame could not be dealt with; the log says why");
        }
    }

    private void dealtWith(Incoming frame) {
        var address = frame.address();
        if (frame.type() == null) {
            refuse("missing_type", null, "the frame has no type; use the official client");
        } else if (address == null) {
            refuse("missing_address", null, "the frame has no address; give it one");
        } else {
            switch (frame.type()) {
                case "register" -> subscriptions.register(address, frame.headers());
                case "unregister" -> subscriptions.unregister(address);
                case "send", "publish" -> requests.produce(frame.type().equals("send"), frame);
                default -> refuse("invalid_type", address, "the frame's type is unknown; use the official client");
            }
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

    void refuse(String error, String address, String message) {
        out.answer(Frames.refused(error, address, message));
    }

    private void close() {
        if (closed) {
            return;
        }
        closed = true;
        bridge.sockets.remove(this);
        out.end();
        inbox.close();
        standing.close();
        subscriptions.close();
        requests.close();
    }
}
