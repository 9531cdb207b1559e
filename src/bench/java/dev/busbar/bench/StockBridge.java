package dev.busbar.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.rabbitmq.RabbitMQClient;
import io.vertx.rabbitmq.RabbitMQOptions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * vertx-web's own bridge, as its documentation has it, on as many event loops as Busbar's; vertx-rabbitmq-client gives
 * the event bus what it publishes.
 */
final class StockBridge implements SocketServer.Bridge {

    @Override
    public List<String> greeting() {
        return List.of(
                new JsonObject().put("type", "register").put("address", "bench").encode());
    }

    @Override
    public int start(Vertx vertx, String uri, String exchange) {
        var instances = Runtime.getRuntime().availableProcessors();
        var ports = new AtomicInteger();
        vertx.deployVerticle(() -> new Web(ports), new DeploymentOptions().setInstances(instances))
                .await();
        var client = RabbitMQClient.create(vertx, new RabbitMQOptions().setUri(uri));
        client.start().await();
        var queue = client.queueDeclare("", false, true, true).await().getQueue();
        client.queueBind(queue, exchange, "bench.#").await();
        client.basicConsumer(queue)
                .await()
                .handler(message -> vertx.eventBus().publish("bench", new JsonObject(message.body())));
        return ports.get();
    }

    private static final class Web extends AbstractVerticle {

        private final AtomicInteger port;

        Web(AtomicInteger port) {
            this.port = port;
        }

        @Override
        public void start(Promise<Void> started) {
            var router = Router.router(vertx);
            var permitted = new SockJSBridgeOptions().addOutboundPermitted(new PermittedOptions().setAddress("bench"));
            permitted.setPingTimeout(600_000);
            router.route("/eventbus/*").subRouter(SockJSHandler.create(vertx).bridge(permitted));
            vertx.createHttpServer(new HttpServerOptions())
                    .requestHandler(router)
                    .listen(-1, "127.0.0.1")
                    .onSuccess(server -> port.set(server.actualPort()))
                    .<Void>mapEmpty()
                    .onComplete(started);
        }
    }
}
