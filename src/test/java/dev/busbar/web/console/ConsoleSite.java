package dev.busbar.web.console;

import dev.busbar.config.ConfigLoader;
import dev.busbar.hub.Hub;
import dev.busbar.hub.HubMessage;
import dev.busbar.route.BridgeVerticle;
import dev.busbar.topic.RoutingKey;
import dev.busbar.topic.TopicFilter;
import dev.busbar.wamp.WampServer;
import dev.busbar.web.Mount;
import dev.busbar.web.WebServer;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Busbar's HTTP port with all its handlers, where everybody may do everything, with the embedded broker. */
final class ConsoleSite implements AutoCloseable {

    final Vertx vertx = Vertx.vertx();
    final Hub hub;
    final WebServer server;
    /** The bodies of all messages, as the broker delivered them. */
    final List<String> bodies = new CopyOnWriteArrayList<>();

    /** @param web further keys of {@code web} in YAML's flow style, e.g. {@code origins: [x]}; may be empty */
    ConsoleSite(String web) {
        var config = ConfigLoader.parse("""
                        broker: {embedded: {port: 0}}
                        routes:
                          - name: failing
                            from: {filter: "failing.#", queue: {name: failing, life: persistent}}
                            to: {address: failing, delivery: request}
                            onFailure: {attempts: 1}
                          - name: slashed
                            from: {filter: "slashed.#", queue: {name: "slash/ed %", life: persistent}}
                            to: {address: failing, delivery: request}
                            onFailure: {attempts: 1, then: park}
                        wamp: {enabled: true, anonymous: all}
                        web:
                          port: 0
                          instances: 1
                          anonymous: all
                          roles: {all: {listen: ["mq:#"], produce: ["mq:#"], observe: true, deadLetters: true}}
                        """ + (web.isEmpty() ? "" : "  " + web + "\n"), "test")
                .orThrow();
        hub = Hub.open(vertx, config).await();
        vertx.deployVerticle(new BridgeVerticle(config)).await();
        hub.listen(TopicFilter.parse("#"), 0, this::heard).await();
        var wamp = WampServer.start(vertx, config, hub).await();
        var mount = new Mount("/wamp", WampServer.SUBPROTOCOL, WampServer.maxReadBytes(config), wamp::handler);
        server = WebServer.start(vertx, config.web(), hub, List.of(mount)).await();
    }

    private void heard(HubMessage message) {
        bodies.add(message.message().body().toString());
    }

    /** Publishes these bytes unchanged, as other publishers do. */
    void publish(String key, String json) {
        var headers = MultiMap.caseInsensitiveMultiMap().add("amqp-content-type", "application/json");
        hub.produce(RoutingKey.parse(key), Buffer.buffer(json), headers).await();
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
