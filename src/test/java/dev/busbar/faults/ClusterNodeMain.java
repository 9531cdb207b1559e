package dev.busbar.faults;

import static dev.busbar.faults.BridgeMain.say;

import dev.busbar.cluster.Clusters;
import dev.busbar.cluster.Membership;
import dev.busbar.codec.BusHeaders;
import dev.busbar.config.BusbarConfig;
import dev.busbar.config.ConfigLoader;
import dev.busbar.mq.MessageQueue;
import dev.busbar.route.BridgeStatus;
import dev.busbar.route.BridgeVerticle;
import dev.busbar.topic.TopicFilter;
import dev.busbar.web.BridgePhase;
import dev.busbar.web.ManagementServer;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The main class of a {@link ClusterNode}: a Vert.x of a cluster, with handlers that say what they were given before
 * they reply, and with a bridge. It does what it is told, one line each:
 *
 * <ul>
 *   <li>{@code handle ADDRESS}: says {@code seen ADDRESS N ID MARKED} of each message from now on;
 *   <li>{@code echo ADDRESS}: replies to each message from now on, and says nothing;
 *   <li>{@code listen FILTER NAME}: consumes from the message queue under a persistent name; says {@code safe NAME 0}
 *       when it does, and {@code seen NAME N ID MARKED} of each message;
 *   <li>{@code hear FILTER}: the same without a name, and says {@code FILTER} in its place;
 *   <li>{@code send|publish|request ADDRESS FROM TO}: numbered messages; of requests it says {@code safe ADDRESS N} or
 *       {@code failed ADDRESS N WHY};
 *   <li>{@code routes}: says {@code route NAME CONDITION DETAIL} of each, and {@code routes} at the end;
 *   <li>{@code members}: says {@code members JSON};
 *   <li>{@code health}: says {@code health STATUS JSON}, what {@code /health/ready} answers;
 *   <li>{@code stop}: a clean stop, and the end.
 * </ul>
 */
final class ClusterNodeMain {

    private static final DeliveryOptions PATIENT = new DeliveryOptions().setSendTimeout(600_000);

    private final Vertx vertx;
    private final BusbarConfig config;
    private ManagementServer management;

    private ClusterNodeMain(Vertx vertx, BusbarConfig config) {
        this.vertx = vertx;
        this.config = config;
    }

    /**
     * @param arguments a configuration, which has {@code handle} and {@code handleHere}, lists of addresses for
     *     messages from all nodes and from this one only, and {@code instances}
     */
    public static void main(String[] arguments) throws IOException {
        var json = new JsonObject(Files.readString(Path.of(arguments[0])));
        var handled = (JsonArray) json.remove("handle");
        var handledHere = (JsonArray) json.remove("handleHere");
        var instances = (Integer) json.remove("instances");
        var config = ConfigLoader.fromJson(json);
        var vertx = Clusters.start(new VertxOptions(), config.cluster())
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        var node = new ClusterNodeMain(vertx, config);
        handled.forEach(address -> node.handle((String) address));
        handledHere.forEach(address -> node.handleHere((String) address));
        if (!config.routes().isEmpty()) {
            var options = new DeploymentOptions().setConfig(json).setInstances(instances);
            node.management = ManagementServer.start(vertx, config)
                    .compose(server ->
                            vertx.deployVerticle(BridgeVerticle.class, options).map(server))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            node.management.phase(BridgePhase.RUNNING);
        }
        say("ready");
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (var line = commands.readLine(); line != null; line = commands.readLine()) {
            node.obey(line.split(" "));
        }
        Runtime.getRuntime().halt(0);
    }

    private void obey(String[] words) {
        switch (words[0]) {
            case "handle" -> handle(words[1]);
            case "echo" -> echo(words[1]);
            case "listen" -> listen(words[1], words[2], words[2]);
            case "hear" -> listen(words[1], null, words[1]);
            case "send", "publish", "request" ->
                give(words[0], words[1], Integer.parseInt(words[2]), Integer.parseInt(words[3]));
            case "routes" -> routes();
            case "members" -> Membership.of(vertx).view().onSuccess(view -> say("members " + view.encode()));
            case "health" -> health();
            case "stop" -> {
                vertx.close().toCompletionStage().toCompletableFuture().join();
                Runtime.getRuntime().halt(0);
            }
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    private void handle(String address) {
        vertx.eventBus().<JsonObject>consumer(address, message -> handled(address, message));
    }

    private void handleHere(String address) {
        vertx.eventBus().<JsonObject>localConsumer(address, message -> handled(address, message));
    }

    private static void handled(String address, Message<JsonObject> message) {
        var headers = message.headers();
        var marked = "true".equals(headers.get(BusHeaders.REDELIVERED))
                || !headers.get(BusHeaders.ATTEMPT).equals("1");
        seen(address, message.body(), headers.get(BusHeaders.MESSAGE_ID), marked);
        reply(message);
    }

    private static void seen(String where, JsonObject body, String id, boolean marked) {
        say("seen " + where + " " + body.getInteger("n") + " " + id + " " + marked);
    }

    /** @param name {@code null} for none */
    private void listen(String filter, String name, String said) {
        MessageQueue.open(vertx, config)
                .compose(queue -> queue.startConsuming(
                        TopicFilter.parse(filter),
                        event -> {
                            seen(
                                    said,
                                    (JsonObject) event.body(),
                                    event.properties().messageId(),
                                    event.redelivered());
                            return Future.succeededFuture();
                        },
                        name))
                .onSuccess(ref -> say("safe " + said + " 0"))
                .onFailure(failure -> say("failed " + said + " 0 " + failure.getMessage()));
    }

    private void echo(String address) {
        vertx.eventBus().consumer(address, message -> message.reply(null));
    }

    private static void reply(Message<JsonObject> message) {
        if (message.replyAddress() != null) {
            message.reply(null);
        }
    }

    private void give(String how, String address, int from, int to) {
        var bus = vertx.eventBus();
        for (var n = from; n < to; n++) {
            var number = n;
            var body = new JsonObject().put("n", n);
            switch (how) {
                case "send" -> bus.send(address, body);
                case "publish" -> bus.publish(address, body);
                default ->
                    bus.request(address, body, PATIENT)
                            .onSuccess(reply -> say("safe " + address + " " + number))
                            .onFailure(failure -> say("failed " + address + " " + number + " " + failure.getMessage()));
            }
        }
    }

    private void health() {
        var client = vertx.createHttpClient();
        client.request(new RequestOptions().setAbsoluteURI(management.url() + "/health/ready"))
                .compose(HttpClientRequest::send)
                .compose(response ->
                        response.body().onSuccess(body -> say("health " + response.statusCode() + " " + body)))
                .eventually(client::close);
    }

    private void routes() {
        BridgeStatus.of(vertx)
                .routes()
                .forEach(route -> say("route " + route.name() + " " + route.condition() + " " + route.detail()));
        say("routes");
    }
}
