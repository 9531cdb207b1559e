package dev.busbar.faults;

import dev.busbar.route.BridgeStatus;
import dev.busbar.route.BridgeVerticle;
import dev.busbar.route.RouteStatus;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The bridge of a soak: deployed, undeployed, deployed again. */
final class SoakBridge {

    static final String EXCHANGE = "soak";
    static final String LOSSY_EXCHANGE = "soak-lossy";
    static final String OUT_QUEUE = "soak-out";
    static final String LOSSY_QUEUE = "soak-lossy";

    private final Vertx vertx;
    private final JsonObject config;
    private String deployment;

    SoakBridge(Vertx vertx, int port) {
        this.vertx = vertx;
        this.config = new JsonObject()
                .put("broker", new JsonObject("""
                        {"uri": "amqp://guest:guest@127.0.0.1:%d", "heartbeat": "3s", "connectTimeout": "3s",
                         "startTimeout": "1m", "reconnect": {"max": "1s"}}""".formatted(port)))
                .put("exchange", EXCHANGE)
                .put("routes", new JsonArray("""
                        [{"name": "out", "from": {"address": "out"}, "to": {"key": "out.{n}"}, "timeout": "10m"},
                         {"name": "in", "from": {"filter": "in.*", "queue": "soak-in"},
                          "to": {"address": "in", "delivery": "request"}, "timeout": "2s",
                          "onFailure": {"attempts": 10000, "backoff": {"max": "1s"}}},
                         {"name": "once", "from": {"filter": "in.*", "queue": "soak-once"},
                          "to": {"address": "once", "delivery": "request"}, "duplicates": {"window": 1000000}},
                         {"name": "lossy-out", "from": {"address": "lossy-out"},
                          "to": {"key": "lossy", "exchange": "soak-lossy"}},
                         {"name": "lossy",
                          "from": {"filter": "lossy", "exchange": "soak-lossy",
                                   "queue": {"name": "soak-lossy", "life": "until-stop"}},
                          "to": {"address": "lossy", "delivery": "request"}}]"""));
    }

    void deploy() {
        deployment = vertx.deployVerticle(BridgeVerticle.class, new DeploymentOptions().setConfig(config))
                .await();
    }

    void undeploy() {
        vertx.undeploy(deployment).await();
    }

    List<RouteStatus> routes() {
        return BridgeStatus.of(vertx).routes();
    }

    RouteStatus route(String name) {
        return routes().stream()
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Where lane {@code out} ends; to be called when the exchange is there. */
    static void declareForeignQueue(String uri) throws Exception {
        ForeignClient.use(uri, channel -> {
            channel.queueDeclare(OUT_QUEUE, true, false, false, null);
            return channel.queueBind(OUT_QUEUE, EXCHANGE, "out.*");
        });
    }
}
