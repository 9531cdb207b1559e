package dev.busbar.web.sockjs;

import dev.busbar.access.BrowserHeaders;
import dev.busbar.access.Permissions;
import dev.busbar.hub.Hub;
import dev.busbar.socket.InFlightLimit;
import dev.busbar.topic.RoutingKey;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sends the messages of one browser to the broker and the event bus, and passes on replies in both directions. Confined
 * to the socket's event loop.
 */
final class SocketRequests {

    private final BrowserSocket socket;
    private final Hub hub;
    private final EventBus bus;
    /** The messages that the browser may reply to, by reply address; the oldest first. */
    private final Map<String, Message<?>> unanswered = new LinkedHashMap<>();

    private final InFlightLimit inFlight;

    SocketRequests(BrowserSocket socket, BrowserContext shared) {
        this.socket = socket;
        hub = shared.hub();
        bus = shared.vertx().eventBus();
        inFlight = new InFlightLimit(socket.inbox(), shared.limits().inFlight());
    }

    /** @param send whether the message goes to one handler, instead of all */
    void produce(boolean send, BrowserFrame frame) {
        var address = frame.address();
        var replyAddress = frame.replyAddress();
        var headers = MultiMap.caseInsensitiveMultiMap();
        try {
            frame.headers().forEach(it -> BrowserHeaders.add(headers, it.getKey(), String.valueOf(it.getValue())));
        } catch (IllegalArgumentException forbidden) {
            socket.refusals().refuse("invalid_header", Refusals.BAD_REQUEST, frame, forbidden.getMessage());
            return;
        }
        var options = new DeliveryOptions()
                .setHeaders(headers)
                .setSendTimeout(socket.limits().replyTimeout().toMillis());
        var request = unanswered.remove(address);
        if (request != null) {
            reply(request, send ? replyAddress : null, frame, options);
            return;
        }
        try {
            if (!socket.socketAuthorization().mayProduce(address)) {
                socket.refusals()
                        .refuse(
                                "access_denied",
                                Refusals.FORBIDDEN,
                                frame,
                                socket.socketAuthorization().name() + " may not produce to " + address
                                        + "; a role must permit it");
            } else if (address.startsWith(Permissions.BROKER)) {
                var produced = socket.client()
                        .produce(RoutingKey.parse(SocketAuthorization.key(address)), frame.body(), headers);
                var reply = produced.map(confirmed -> replyAddress == null ? null : Frames.confirmed(replyAddress));
                sendWhenComplete(reply, address, replyAddress);
            } else {
                toEventBus(send, frame, options);
            }
        } catch (IllegalArgumentException unreadable) {
            socket.refusals().refuse("invalid_address", Refusals.BAD_REQUEST, frame, unreadable.getMessage());
        }
    }

    private void reply(Message<?> request, String replyAddress, BrowserFrame frame, DeliveryOptions options) {
        if (replyAddress == null) {
            request.reply(frame.bodyForBus(), options);
        } else {
            var reply = request.replyAndRequest(frame.bodyForBus(), options);
            sendWhenComplete(reply.map(it -> encode(replyAddress, it)), frame.address(), replyAddress);
        }
    }

    /**
     * Sends to the event bus once the socket's registrations are live, because a route may publish the message to the
     * broker, from where it must reach them. No frame is read meanwhile.
     */
    private void toEventBus(boolean send, BrowserFrame frame, DeliveryOptions options) {
        var registered = socket.client().settled();
        if (registered.isComplete()) {
            toEventBusNow(send, frame, options);
        } else {
            socket.inbox().hold();
            registered.onComplete(live -> {
                try {
                    toEventBusNow(send, frame, options);
                } finally {
                    socket.inbox().release();
                }
            });
        }
    }

    private void toEventBusNow(boolean send, BrowserFrame frame, DeliveryOptions options) {
        if (!send) {
            bus.publish(frame.address(), frame.bodyForBus(), options);
        } else if (frame.replyAddress() == null) {
            bus.send(frame.address(), frame.bodyForBus(), options);
        } else {
            var reply = bus.request(frame.address(), frame.bodyForBus(), hub.withDeadline(options));
            sendWhenComplete(reply.map(it -> encode(frame.replyAddress(), it)), frame.address(), frame.replyAddress());
        }
    }

    /** Returns the frame of a reply. A reply that JSON cannot hold fails here and for its sender, who may wait too. */
    private String encode(String replyAddress, Message<?> reply) {
        try {
            var frame = Frames.received(replyAddress, reply);
            awaitReply(reply);
            return frame;
        } catch (RuntimeException unwritable) {
            var why = Frames.unwritable("the reply", unwritable);
            fail(reply, why);
            throw new ReplyException(ReplyFailure.ERROR, -1, why);
        }
    }

    /** Fails a message for its sender, if the sender waits for a reply. */
    static void fail(Message<?> message, String why) {
        if (message.replyAddress() != null) {
            message.fail(Refusals.FAILED, why);
        }
    }

    /**
     * Lets the browser reply to a message; this needs no permission, because the message itself was permitted. Beyond
     * the limit the oldest messages can no longer be replied to.
     */
    void awaitReply(Message<?> message) {
        if (message.replyAddress() != null) {
            unanswered.put(message.replyAddress(), message);
            if (unanswered.size() > socket.limits().subscriptions()) {
                unanswered.remove(unanswered.keySet().iterator().next());
            }
        }
    }

    /**
     * Sends the outcome of a message to the browser, and counts the message as in flight until then.
     *
     * @param reply the frame to send; {@code null} if the browser does not wait for a reply
     */
    private void sendWhenComplete(Future<String> reply, String address, String replyAddress) {
        inFlight.begin();
        reply.onComplete((frame, failure) -> {
            try {
                if (failure != null) {
                    socket.out()
                            .answer(
                                    replyAddress == null
                                            ? Frames.refused("failed", address, failure.getMessage())
                                            : Frames.failed(replyAddress, address, failure));
                } else if (frame != null) {
                    socket.out().answer(frame);
                }
            } finally {
                inFlight.end();
            }
        });
    }

    void close() {
        unanswered.clear();
    }
}
