package dev.busbar.wamp;

import static org.awaitility.Awaitility.await;

import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A WAMP client that sends given messages and remembers all that it receives. */
final class WampClient {

    /** The subprotocols that autobahn offers. */
    static final List<String> OFFERED = List.of(
            "wamp.2.msgpack.batched",
            "wamp.2.msgpack",
            "wamp.2.ubjson.batched",
            "wamp.2.ubjson",
            "wamp.2.json.batched",
            "wamp.2.json",
            "wamp.2.cbor");

    final List<JsonArray> messages = new CopyOnWriteArrayList<>();
    /** The received messages as text. */
    final List<String> texts = new CopyOnWriteArrayList<>();

    private final WebSocket socket;
    private final AtomicInteger requests = new AtomicInteger();

    private WampClient(WebSocket socket) {
        this.socket = socket;
        socket.textMessageHandler(text -> {
            texts.add(text);
            messages.add(new JsonArray(text));
        });
    }

    static WampClient connect(WebSocketClient client, String url) {
        var at = URI.create(url);
        return new WampClient(client.connect(new WebSocketConnectOptions()
                        .setHost(at.getHost())
                        .setPort(at.getPort())
                        .setURI("/wamp")
                        .setSubProtocols(OFFERED))
                .await());
    }

    WebSocket socket() {
        return socket;
    }

    /** @param message a JSON array with single quotes for double ones */
    void say(String message) {
        socket.writeTextMessage(message.replace('\'', '"'));
    }

    WampClient join() {
        say("[1,'realm1',{'roles':{'subscriber':{},'publisher':{}}}]");
        only(2);
        return this;
    }

    /** Subscribes and returns the subscription's id. */
    long subscribe(String topic, String options) {
        var request = requests.incrementAndGet();
        say("[32," + request + "," + options + ",'" + topic + "']");
        return answer(33, request).getLong(2);
    }

    void unsubscribe(long subscription) {
        var request = requests.incrementAndGet();
        say("[34," + request + "," + subscription + "]");
        answer(35, request);
    }

    /** Publishes as a Buildbot master does: without acknowledgement, and with {@code exclude_me} off. */
    void publish(String topic, String argument) {
        say("[16," + requests.incrementAndGet() + ",{'exclude_me':false},'" + topic + "',[" + argument + "]]");
    }

    /** Publishes with acknowledgement and returns the publication's id. */
    long publishAcknowledged(String topic, String options, String arguments) {
        var request = requests.incrementAndGet();
        say("[16," + request + ","
                + options.replace("}", options.equals("{}") ? "'acknowledge':true}" : ",'acknowledge':true}") + ",'"
                + topic + "'" + arguments + "]");
        return answer(17, request).getLong(2);
    }

    List<JsonArray> of(int type) {
        return messages.stream().filter(it -> it.getInteger(0) == type).toList();
    }

    List<JsonArray> events(long subscription) {
        return of(36).stream().filter(it -> it.getLong(1) == subscription).toList();
    }

    /** The first positional argument of each event of a subscription. */
    List<Object> bodies(long subscription) {
        return events(subscription).stream()
                .map(it -> it.getJsonArray(4).getValue(0))
                .toList();
    }

    JsonArray only(int type) {
        return await().until(() -> of(type), it -> !it.isEmpty()).get(0);
    }

    JsonArray answer(int type, long request) {
        return await().until(
                        () -> of(type).stream()
                                .filter(it -> it.getLong(1) == request)
                                .toList(),
                        it -> !it.isEmpty())
                .get(0);
    }

    /** Waits for the ERROR to a request and returns its URI. */
    String refused(int kind, long request) {
        return await().until(
                        () -> of(8).stream()
                                .filter(it -> it.getInteger(1) == kind && it.getLong(2) == request)
                                .toList(),
                        it -> !it.isEmpty())
                .get(0)
                .getString(4);
    }
}
