package dev.busbar.web.sockjs;

import dev.busbar.access.BrowserHeaders;
import dev.busbar.access.Permissions;
import dev.busbar.topic.RoutingKey;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one socket produces, and the replies in both directions. */
final class Requests {

    private final BrowserSocket socket;
    private final Map<String, Message<?>> unanswered = new LinkedHashMap<>();
    private final Underway underway;

    Requests(BrowserSocket socket) {
        this.socket = socket;
        underway = new Underway(socket.inbox(), socket.limits().inFlight());
    }

    /** @param send whether to one handler, and not to all */
    void produce(boolean send, Incoming frame) {
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
            if (!socket.standing().mayProduce(address)) {
                socket.refusals()
                        .refuse(
                                "access_denied",
                                Refusals.FORBIDDEN,
                                frame,
                                socket.standing().name() + " may not produce to " + address
                                        + "; a role must permit it");
            } else if (address.startsWith(Permissions.BROKER)) {
                var done = socket.bridge().hub.produce(RoutingKey.parse(Standing.key(address)), frame.body(), headers);
                awaiting(done.map(confirmed -> null), address, replyAddress);
            } else {
                toEventBus(send, frame, options);
            }
        } catch (IllegalArgumentException unreadable) {
            socket.refusals().refuse("invalid_address", Refusals.BAD_REQUEST, frame, unreadable.getMessage());
        }
    }

    private void answer(Message<?> asked, String replyAddress, Incoming frame, DeliveryOptions options) {
        if (replyAddress == null) {
            asked.reply(frame.body(), options);
        } else {
            var reply = asked.replyAndRequest(frame.body(), options).map(this::reply);
            awaiting(reply, frame.address(), replyAddress);
        }
    }

    private void toEventBus(boolean send, Incoming frame, DeliveryOptions options) {
        var bus = socket.bridge().vertx.eventBus();
        if (!send) {
            bus.publish(frame.address(), frame.body(), options);
        } else if (frame.replyAddress() == null) {
            bus.send(frame.address(), frame.body(), options);
        } else {
            var reply = bus.request(
                            frame.address(), frame.body(), socket.bridge().hub.withDeadline(options))
                    .map(this::reply);
            awaiting(reply, frame.address(), frame.replyAddress());
        }
    }

    private Message<?> reply(Message<?> reply) {
        awaitReply(reply);
        return reply;
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

    /** @param reply of {@code null} where the broker's confirmation is all there is */
    private void awaiting(Future<? extends Message<?>> reply, String address, String replyAddress) {
        underway.begin();
        reply.onComplete((message, failure) -> {
            if (failure != null) {
                socket.out()
                        .answer(
                                replyAddress == null
                                        ? Frames.refused("failed", address, failure.getMessage())
                                        : Frames.failed(replyAddress, address, failure));
            } else if (replyAddress != null) {
                socket.out()
                        .answer(
                                message == null
                                        ? Frames.confirmed(replyAddress)
                                        : Frames.received(replyAddress, message));
            }
            underway.end();
        });
    }

    void close() {
        unanswered.clear();
    }
}
