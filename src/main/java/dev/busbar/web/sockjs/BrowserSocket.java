package dev.busbar.web.sockjs;

import dev.busbar.hub.HubMessage;
import dev.busbar.hub.Listener;
import dev.busbar.hub.Listening;
import dev.busbar.topic.RoutingKey;
import dev.busbar.topic.TopicFilter;
import dev.busbar.web.access.Identity;
import dev.busbar.web.access.Permissions;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** One browser's connection. */
final class BrowserSocket {

    private static final int LONGEST_REPLY_ADDRESS = 36;
    private static final int LONGEST_ADDRESS = 255 + Permissions.BROKER.length();

    private final BrowserBridge bridge;
    private final SockJSSocket socket;
    private final Outbox out;
    private final Map<String, Supplier<Future<Void>>> subscriptions = new HashMap<>();
    private final Map<String, Message<?>> unanswered = new LinkedHashMap<>();
    private Identity identity;
    private String authorization;
    private long expiry = -1;
    private long pings;
    private long heard = System.nanoTime();
    private int inFlight;
    private boolean closed;

    BrowserSocket(BrowserBridge bridge, SockJSSocket socket) {
        this.bridge = bridge;
        this.socket = socket;
        out = new Outbox(socket, bridge.config.limits());
        identity = bridge.authenticator.anonymous();
    }

    void open() {
        if (bridge.sockets >= bridge.config.limits().sockets()) {
            socket.close(1013, "too many sockets");
            return;
        }
        bridge.sockets++;
        socket.closeHandler(gone -> close());
        socket.exceptionHandler(failure -> close());
        socket.handler(this::received);
        var silence = bridge.config.limits().pingTimeout();
        pings = bridge.vertx.setPeriodic(silence.toMillis(), id -> {
            if (System.nanoTime() - heard >= silence.toNanos()) {
                out.close(1001, "no ping");
            }
        });
        var header = socket.routingContext().request().getHeader("Authorization");
        if (header != null) {
            identified(header, () -> {});
        }
    }

    private void received(Buffer data) {
        heard = System.nanoTime();
        JsonObject frame;
        try {
            frame = new JsonObject(data);
            handle(frame);
        } catch (DecodeException | ClassCastException e) {
            refuse("invalid_json", null, "the frame is not an object of the bridge's protocol; send JSON");
        }
    }

    private void handle(JsonObject frame) {
        var type = frame.getString("type");
        if (type == null) {
            refuse("missing_type", null, "the frame has no type; use the official client");
            return;
        }
        if (type.equals("ping")) {
            return;
        }
        var headers = frame.getJsonObject("headers", new JsonObject());
        var given = type.equals("auth") ? "Bearer " + frame.getString("token") : headers.getString("Authorization");
        headers.remove("Authorization");
        if (given != null && !given.equals(authorization)) {
            identified(given, () -> dispatch(type, frame, headers));
        } else {
            dispatch(type, frame, headers);
        }
    }

    /** Reads nothing meanwhile, so that frames keep their order. */
    private void identified(String given, Runnable then) {
        socket.pause();
        bridge.authenticator
                .identify(given)
                .onComplete(
                        who -> {
                            become(who, given);
                            then.run();
                            resume();
                        },
                        failure -> {
                            refuse("auth_error", null, failure.getMessage());
                            resume();
                        });
    }

    private void become(Identity who, String given) {
        bridge.vertx.cancelTimer(expiry);
        identity = who;
        authorization = given;
        if (who.expires() != null && !closed) {
            var left = Duration.between(Instant.now(), who.expires()).toMillis();
            expiry = bridge.vertx.setTimer(Math.max(1, left), id -> expired());
        }
        endForbidden("access_denied", "is not permitted to " + who.name());
    }

    private void expired() {
        identity = bridge.authenticator.anonymous();
        authorization = null;
        endForbidden("token_expired", "ends with the token that permitted it; send a new one and register again");
    }

    private void endForbidden(String error, String why) {
        for (var address : subscriptions.keySet().toArray(String[]::new)) {
            if (!mayListen(address)) {
                refuse(error, address, "listening to " + address + " " + why);
                subscriptions.remove(address).get();
            }
        }
    }

    private void dispatch(String type, JsonObject frame, JsonObject headers) {
        var address = frame.getString("address");
        if (closed || type.equals("auth")) {
            return;
        }
        if (address == null) {
            refuse("missing_address", null, "the frame has no address; give it one");
            return;
        }
        switch (type) {
            case "register" -> register(address, headers);
            case "unregister" -> {
                var ending = subscriptions.remove(address);
                if (ending != null) {
                    ending.get();
                }
            }
            case "send", "publish" -> produce(type.equals("send"), address, frame, headers);
            default -> refuse("invalid_type", address, "the frame's type is unknown; use the official client");
        }
    }

    private boolean mayListen(String address) {
        return address.startsWith(Permissions.BROKER)
                ? identity.permissions().mayListen(TopicFilter.parse(key(address)))
                : identity.permissions().mayListen(address);
    }

    private static String key(String address) {
        return address.substring(Permissions.BROKER.length());
    }

    private void register(String address, JsonObject headers) {
        var most = bridge.config.limits().subscriptions();
        if (subscriptions.size() >= most) {
            refuse("max_handlers_reached", address, "this socket listens to " + most + " addresses; unregister one");
        } else if (address.length() > LONGEST_ADDRESS) {
            refuse("max_address_length_reached", null, "the address is longer than " + LONGEST_ADDRESS);
        } else if (subscriptions.containsKey(address)) {
            refuse("address_already_registered", address, "this socket listens to " + address + " already");
        } else {
            try {
                if (mayListen(address)) {
                    listen(address, headers);
                } else {
                    refuse(
                            "access_denied",
                            address,
                            identity.name() + " may not listen to " + address + "; a role must permit all of it");
                }
            } catch (IllegalArgumentException notAFilter) {
                refuse("invalid_address", address, notAFilter.getMessage());
            }
        }
    }

    private void listen(String address, JsonObject headers) {
        var policy = bridge.policy(address);
        if (!address.startsWith(Permissions.BROKER)) {
            var consumer = bridge.vertx.eventBus().consumer(address, message -> {
                awaitReply(message);
                out.message(Frames.received(address, message), address, policy);
            });
            subscriptions.put(address, consumer::unregister);
            return;
        }
        Listener listener = new Listener() {
            @Override
            public void received(HubMessage message) {
                out.message(Frames.received(address, message), address + " " + message.routingKey(), policy);
            }

            @Override
            public void interrupted(String reason) {
                out.answer(new JsonObject()
                        .put("event", "interrupted")
                        .put(
                                "message",
                                new JsonObject().put("sourceAddress", address).put("reason", reason))
                        .encode());
            }
        };
        var replay = headers.getValue("replay") == null
                ? "0"
                : headers.getValue("replay").toString();
        if (!replay.matches("\\d{1,7}")) {
            refuse("invalid_header", address, "the header replay is '" + replay + "'; write a number of messages");
            return;
        }
        var listening = bridge.hub.listen(TopicFilter.parse(key(address)), Integer.parseInt(replay), listener);
        Supplier<Future<Void>> ending = () -> listening.compose(Listening::stop);
        subscriptions.put(address, ending);
        listening.onFailure(failure -> {
            if (subscriptions.remove(address, ending)) {
                refuse("registration_failure", address, failure.getMessage());
            }
        });
    }

    /** Replies are let through irrespective of permissions: the message itself was. The oldest give way. */
    private void awaitReply(Message<?> message) {
        if (message.replyAddress() != null) {
            unanswered.put(message.replyAddress(), message);
            if (unanswered.size() > bridge.config.limits().subscriptions()) {
                unanswered.remove(unanswered.keySet().iterator().next());
            }
        }
    }

    private void produce(boolean send, String address, JsonObject frame, JsonObject headers) {
        var replyAddress = frame.getString("replyAddress");
        if (replyAddress != null && replyAddress.length() > LONGEST_REPLY_ADDRESS) {
            refuse("invalid_reply_address", address, "the reply address is longer than " + LONGEST_REPLY_ADDRESS);
            return;
        }
        var all = MultiMap.caseInsensitiveMultiMap();
        headers.forEach(header -> all.add(header.getKey(), String.valueOf(header.getValue())));
        var body = frame.getValue("body");
        var options = new DeliveryOptions()
                .setHeaders(all)
                .setSendTimeout(bridge.config.limits().replyTimeout().toMillis());
        var asked = unanswered.remove(address);
        try {
            if (asked != null) {
                if (send && replyAddress != null) {
                    awaiting(asked.replyAndRequest(body, options).map(this::reply), address, replyAddress);
                } else {
                    asked.reply(body, options);
                }
            } else if (!mayProduce(address)) {
                refuse("access_denied", address, identity.name() + " may not produce to " + address);
            } else if (address.startsWith(Permissions.BROKER)) {
                var done = bridge.hub.produce(RoutingKey.parse(key(address)), body, all);
                awaiting(done.map(confirmed -> null), address, replyAddress);
            } else if (!send) {
                bridge.vertx.eventBus().publish(address, body, options);
            } else if (replyAddress == null) {
                bridge.vertx.eventBus().send(address, body, options);
            } else {
                awaiting(
                        bridge.vertx.eventBus().request(address, body, options).map(this::reply),
                        address,
                        replyAddress);
            }
        } catch (IllegalArgumentException unreadable) {
            refuse("invalid_address", address, unreadable.getMessage());
        }
    }

    private boolean mayProduce(String address) {
        return address.startsWith(Permissions.BROKER)
                ? identity.permissions().mayProduce(RoutingKey.parse(key(address)))
                : identity.permissions().mayProduce(address);
    }

    private Message<?> reply(Message<?> reply) {
        awaitReply(reply);
        return reply;
    }

    /** @param reply {@code null} where the broker's confirmation is all there is */
    private void awaiting(Future<? extends Message<?>> reply, String address, String replyAddress) {
        if (++inFlight == bridge.config.limits().inFlight()) {
            socket.pause();
        }
        reply.onComplete((message, failure) -> {
            if (failure != null) {
                out.answer(
                        replyAddress == null
                                ? Frames.refused("failed", address, failure.getMessage())
                                : Frames.failed(replyAddress, address, failure));
            } else if (replyAddress != null) {
                out.answer(message == null ? Frames.confirmed(replyAddress) : Frames.received(replyAddress, message));
            }
            inFlight--;
            resume();
        });
    }

    private void resume() {
        if (!closed && inFlight < bridge.config.limits().inFlight()) {
            socket.resume();
        }
    }

    private void refuse(String error, String address, String message) {
        out.answer(Frames.refused(error, address, message));
    }

    private void close() {
        if (closed) {
            return;
        }
        closed = true;
        bridge.sockets--;
        bridge.vertx.cancelTimer(pings);
        bridge.vertx.cancelTimer(expiry);
        subscriptions.values().forEach(Supplier::get);
        subscriptions.clear();
        unanswered.clear();
    }
}
