package dev.busbar.web.sockjs;

import dev.busbar.access.BrowserHeaders;
import dev.busbar.access.Permissions;
import dev.busbar.socket.InFlightLimit;
import dev.busbar.topic.RoutingKey;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one socket produces, and the replies in both directions. */
final class SocketRequests {

    private final BrowserSocket socket;
    private final Map<String, Message<?>> unanswered = new LinkedHashMap<>();
    private final InFlightLimit inFlight;

    SocketRequests(BrowserSocket socket) {
        this.socket = socket;
        inFlight = new InFlightLimit(socket.inbox(), socket.limits().inFlight());
    }

    /** @param send whether to one handler, and not to all */
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
        var asked = unanswered.remove(address);
        if (asked != null) {
            answer(asked, send ? replyAddress : null, frame, options);
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
                var done = socket.client()
                        .produce(RoutingKey.parse(SocketAuthorization.key(address)), frame.body(), headers);
                var told = done.map(confirmed -> replyAddress == null ? null : Frames.confirmed(replyAddress));
                awaiting(told, address, replyAddress);
            } else {
                toEventBus(send, frame, options);
            }
        } catch (IllegalArgumentException unreadable) {
            socket.refusals().refuse("invalid_address", Refusals.BAD_REQUEST, frame, unreadable.getMessage());
        }
    }

    private void answer(Message<?> asked, String replyAddress, BrowserFrame frame, DeliveryOptions options) {
        if (replyAddress == null) {
            asked.reply(frame.bodyForBus(), options);
        } else {
            var reply = asked.replyAndRequest(frame.bodyForBus(), options);
            awaiting(reply.map(it -> written(replyAddress, it)), frame.address(), replyAddress);
        }
    }

    /** Whoever gets it there may bring it to the broker, and to what is being registered; nothing is read meanwhile. */
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
        var bus = socket.bridge().vertx.eventBus();
        if (!send) {
            bus.publish(frame.address(), frame.bodyForBus(), options);
        } else if (frame.replyAddress() == null) {
            bus.send(frame.address(), frame.bodyForBus(), options);
        } else {
            var reply = bus.request(
                    frame.address(), frame.bodyForBus(), socket.bridge().hub.withDeadline(options));
            awaiting(reply.map(it -> written(frame.replyAddress(), it)), frame.address(), frame.replyAddress());
        }
    }

    /** One that is nothing for JSON fails at both ends: whoever has sent it may wait for a reply to it. */
    private String written(String replyAddress, Message<?> reply) {
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

    /** Tells who waits for a reply to it, if somebody does. */
    static void fail(Message<?> message, String why) {
        if (message.replyAddress() != null) {
            message.fail(Refusals.FAILED, why);
        }
    }

    /** Replies are let through irrespective of permissions: the message itself was. The oldest give way. */
    void awaitReply(Message<?> message) {
        if (message.replyAddress() != null) {
            unanswered.put(message.replyAddress(), message);
            if (unanswered.size() > socket.limits().subscriptions()) {
                unanswered.remove(unanswered.keySet().iterator().next());
            }
        }
    }

    /** @param reply the frame that tells of it; {@code null} if nobody waits for that */
    private void awaiting(Future<String> reply, String address, String replyAddress) {
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
