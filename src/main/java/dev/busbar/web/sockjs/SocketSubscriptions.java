package dev.busbar.web.sockjs;

import dev.busbar.access.Permissions;
import dev.busbar.config.SlowReaderPolicy;
import dev.busbar.hub.HubMessage;
import dev.busbar.hub.Listener;
import dev.busbar.hub.Listening;
import dev.busbar.socket.InFlightLimit;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The addresses that one browser listens to. Confined to the socket's event loop. */
final class SocketSubscriptions {

    private final BrowserSocket socket;
    private final BrowserContext shared;
    /** How to end the subscription to each address. */
    private final Map<String, Supplier<Future<Void>>> byAddress = new HashMap<>();
    /** Limits the changes of bindings in flight, because the broker takes its time over each. */
    private final InFlightLimit changes;

    SocketSubscriptions(BrowserSocket socket, BrowserContext shared) {
        this.socket = socket;
        this.shared = shared;
        changes = new InFlightLimit(socket.inbox(), shared.limits().inFlight());
    }

    void register(String address, JsonObject headers) {
        var maxAddresses = socket.limits().subscriptions();
        if (byAddress.size() >= maxAddresses) {
            socket.refusals()
                    .refuse(
                            "max_handlers_reached",
                            address,
                            "this socket listens to " + maxAddresses + " addresses; unregister one");
        } else if (byAddress.containsKey(address)) {
            socket.refusals()
                    .refuse("address_already_registered", address, "this socket listens to " + address + " already");
        } else {
            try {
                registerIfPermitted(address, headers);
            } catch (IllegalArgumentException notAFilter) {
                socket.refusals().refuse("invalid_address", address, notAFilter.getMessage());
            }
        }
    }

    private void registerIfPermitted(String address, JsonObject headers) {
        if (!socket.socketAuthorization().mayListen(address)) {
            socket.refusals()
                    .refuse(
                            "access_denied",
                            address,
                            socket.socketAuthorization().name() + " may not listen to " + address
                                    + "; a role must permit all of it");
        } else if (address.startsWith(Permissions.BROKER)) {
            listenToBroker(address, headers);
        } else {
            listenToEventBus(address);
        }
    }

    private void listenToEventBus(String address) {
        var policy = shared.policy(address);
        var key = policy == SlowReaderPolicy.LATEST_PER_KEY ? address : null;
        var consumer = shared.vertx().eventBus().consumer(address, message -> {
            Frame frame;
            try {
                frame = new Frame(Frames.received(address, message));
            } catch (RuntimeException unwritable) {
                SocketRequests.fail(message, missed(address, unwritable));
                return;
            }
            socket.requests().awaitReply(message);
            socket.out().message(frame, key, policy);
        });
        socket.client().first(consumer.completion());
        byAddress.put(address, consumer::unregister);
    }

    /** Tells the browser that it has missed a message; returns the reason. */
    private String missed(String address, RuntimeException unwritable) {
        var why = Frames.unwritable("a message", unwritable);
        socket.out().answer(Frames.interrupted(address, why));
        return why;
    }

    private void listenToBroker(String address, JsonObject headers) {
        var given = headers.getValue("replay");
        var replay = given == null ? "0" : given.toString();
        if (!replay.matches("\\d{1,7}")) {
            socket.refusals()
                    .refuse(
                            "invalid_header",
                            address,
                            "the header replay is '" + replay.substring(0, Math.min(60, replay.length()))
                                    + "'; write a number of messages, e.g. 10");
            return;
        }
        var filter = TopicFilter.parse(SocketAuthorization.key(address));
        var listening =
                socket.client().listen(filter, Integer.parseInt(replay), listener(address, shared.policy(address)));
        changes.begin();
        listening.onComplete(bound -> changes.end());
        Supplier<Future<Void>> ending = () -> listening.compose(Listening::stop);
        byAddress.put(address, ending);
        listening.onFailure(failure -> {
            if (byAddress.remove(address, ending)) {
                socket.refusals().refuse("registration_failure", address, failure.getMessage());
            }
        });
    }

    private Listener listener(String address, SlowReaderPolicy policy) {
        return new Listener() {
            @Override
            public void received(HubMessage message) {
                var key = policy == SlowReaderPolicy.LATEST_PER_KEY ? address + " " + message.routingKey() : null;
                Frame frame;
                try {
                    frame = Frames.received(address, message);
                } catch (RuntimeException unwritable) {
                    missed(address, unwritable);
                    // The hub counts and logs the failure.
                    throw unwritable;
                }
                socket.out().message(frame, key, policy);
            }

            @Override
            public void interrupted(String reason) {
                socket.out().answer(Frames.interrupted(address, reason));
            }
        };
    }

    void unregister(String address) {
        var ending = byAddress.remove(address);
        if (ending != null) {
            changes.begin();
            ending.get().onComplete(ended -> changes.end());
        }
    }

    List<String> addresses() {
        return byAddress.keySet().stream().sorted().toList();
    }

    /** Ends the subscriptions that are no longer permitted, see {@link SocketAuthorization.PermissionsListener}. */
    void review(String error, String why) {
        for (var address : byAddress.keySet().toArray(String[]::new)) {
            if (!socket.socketAuthorization().mayListen(address)) {
                socket.refusals().refuse(error, address, "listening to " + address + " " + why);
                unregister(address);
            }
        }
    }

    void close() {
        byAddress.values().forEach(Supplier::get);
        byAddress.clear();
    }
}
