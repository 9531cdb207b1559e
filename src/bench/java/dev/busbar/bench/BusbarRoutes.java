package dev.busbar.bench;

import dev.busbar.route.BridgeVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Routes as a configuration makes them, one verticle instance, with what a user gets by default. */
final class BusbarRoutes {

    static final String FROM_BROKER = "builds.finished";
    private static final String TO_BROKER = "changes";

    private BusbarRoutes() {}

    static JsonObject config(Setup setup, JsonArray routes) {
        return new JsonObject()
                .put("broker", new JsonObject().put("uri", setup.uri()))
                .put("exchange", new JsonObject().put("name", setup.exchange()))
                .put("routes", routes);
    }

    private static void deploy(Vertx vertx, Setup setup, JsonArray routes) {
        vertx.deployVerticle(BridgeVerticle.class, new DeploymentOptions().setConfig(config(setup, routes)))
                .await();
    }

    static JsonObject inbound(Setup setup) {
        return new JsonObject()
                .put("name", "inbound")
                .put(
                        "from",
                        new JsonObject()
                                .put("filter", "builds.*.finished")
                                .put(
                                        "queue",
                                        new JsonObject()
                                                .put("name", setup.queue())
                                                .put("life", "persistent")))
                .put("to", new JsonObject().put("address", FROM_BROKER).put("delivery", "request"))
                .put("prefetch", Setup.PREFETCH);
    }

    private static JsonObject outbound(Setup setup) {
        return new JsonObject()
                .put("name", "outbound")
                .put("from", new JsonObject().put("address", TO_BROKER))
                .put(
                        "to",
                        new JsonObject().put("key", "builds.{number}.finished").put("persistent", setup.persistent()))
                .put("inFlight", Setup.WINDOW);
    }

    static JsonObject consume(Setup setup) throws Exception {
        var meter = new Meter(setup.messages());
        var vertx = Vertx.vertx();
        vertx.eventBus().<JsonObject>localConsumer(FROM_BROKER, message -> {
            message.reply(null);
            meter.tick();
        });
        deploy(vertx, setup, new JsonArray().add(inbound(setup)));
        return meter.result();
    }

    /** Keeps the window full, on an event loop of its own. */
    private static final class Sender {

        private final Vertx vertx;
        private final Meter meter;
        private final JsonObject body = Payload.json();
        private int sent;

        Sender(Vertx vertx, Meter meter) {
            this.vertx = vertx;
            this.meter = meter;
        }

        void start() {
            for (var i = 0; i < Setup.WINDOW; i++) {
                send();
            }
        }

        private void send() {
            if (sent == meter.messages()) {
                return;
            }
            sent++;
            vertx.eventBus().request(TO_BROKER, body).onComplete(confirmed -> {
                if (confirmed.failed()) {
                    Contestant.fail(confirmed.cause());
                }
                meter.tick();
                send();
            });
        }
    }

    static JsonObject publish(Setup setup) throws Exception {
        var meter = new Meter(setup.messages());
        var vertx = Vertx.vertx();
        deploy(vertx, setup, new JsonArray().add(outbound(setup)));
        vertx.runOnContext(ignored -> new Sender(vertx, meter).start());
        return meter.result();
    }

    static JsonObject latency(Setup setup) throws Exception {
        var latencies = new Latencies(setup.messages());
        var vertx = Vertx.vertx();
        vertx.eventBus().<JsonObject>localConsumer(FROM_BROKER, message -> {
            latencies.arrived(message.body().getInteger("buildid"));
            message.reply(null);
        });
        deploy(vertx, setup, new JsonArray().add(inbound(setup)).add(outbound(setup)));
        latencies.publish(
                n -> vertx.eventBus().request(TO_BROKER, Payload.json(n)).onFailure(Contestant::fail));
        return latencies.result();
    }

    /** The heap after a collection, with so many routes that have nothing to do. */
    static JsonObject idle(Setup setup, int count) throws Exception {
        var vertx = Vertx.vertx();
        var routes = new JsonArray();
        for (var i = 0; i < count; i++) {
            routes.add(new JsonObject()
                    .put("name", "idle-" + i)
                    .put("from", new JsonObject().put("filter", "idle." + i))
                    .put("to", new JsonObject().put("address", "idle." + i).put("delivery", "request")));
        }
        deploy(vertx, setup, routes);
        return Heap.afterCollection();
    }
}
