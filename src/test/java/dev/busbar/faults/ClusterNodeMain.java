package dev.busbar.faults;

import static dev.busbar.faults.BridgeMain.say;

import dev.busbar.cluster.Clusters;
import dev.busbar.cluster.Membership;
import dev.busbar.codec.BusHeaders;
import dev.busbar.config.ConfigLoader;
import dev.busbar.route.BridgeStatus;
import dev.busbar.route.BridgeVerticle;
import dev.busbar.web.ManagementServer;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
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
 *   <li>{@code handle ADDRESS}: says {@code seen ADDRESS N ID REDELIVERED} of each message from now on;
 *   <li>{@code send|publish|request ADDRESS FROM TO}: numbered messages; of requests it says {@code safe ADDRESS N} or
 *       {@code failed ADDRESS N WHY};
 *   <li>{@code routes}: says {@code route NAME CONDITION DETAIL} of each, and {@code routes} at the end;
 *   <li>{@code members}: says {@code members JSON};
 *   <li>{@code stop}: a clean stop, and the end.
 * </ul>
 */
final class ClusterNodeMain {

    private static final DeliveryOptions PATIENT = new DeliveryOptions().setSendTimeout(600_000);

    private final Vertx vertx;

    private ClusterNodeMain(Vertx vertx) {
        this.vertx = vertx;
    }

    /** @param arguments a configuration, which may have {@code handle}, a list of addresses, and {@code instances} */
    public static void main(String[] arguments) throws IOException {
        var json = new JsonObject(Files.readString(Path.of(arguments[0])));
        var handled = json.getJsonArray("handle");
        var instances = (Integer) json.remove("instances");
        json.remove("handle");
        var config = ConfigLoader.fromJson(json);
        var vertx = Clusters.start(new VertxOptions(), config.cluster())
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        var node = new ClusterNodeMain(vertx);
        handled.forEach(address -> node.handle((String) address));
        if (!config.routes().isEmpty()) {
            var options = new DeploymentOptions().setConfig(json).setInstances(instances);
            ManagementServer.start(vertx, config)
                    .compose(server -> vertx.deployVerticle(BridgeVerticle.class, options))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
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
            case "send", "publish", "request" ->
                give(words[0], words[1], Integer.parseInt(words[2]), Integer.parseInt(words[3]));
            case "routes" -> routes();
            case "members" -> Membership.of(vertx).view().onSuccess(view -> say("members " + view.encode()));
            case "stop" -> {
                vertx.close().toCompletionStage().toCompletableFuture().join();
                Runtime.getRuntime().halt(0);
            }
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    private void handle(String address) {
        vertx.eventBus().<JsonObject>consumer(address, message -> {
            var headers = message.headers();
            say("seen " + address + " " + message.body().getInteger("n") + " " + headers.get(BusHeaders.MESSAGE_ID)
                    + " " + headers.get(BusHeaders.REDELIVERED));
            reply(message);
        });
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

    private void routes() {
        BridgeStatus.of(vertx)
                .routes()
                .forEach(route -> say("route " + route.name() + " " + route.condition() + " " + route.detail()));
        say("routes");
    }
}
