package dev.busbar.wamp;

import dev.busbar.config.BusbarConfig;
import dev.busbar.config.ConfigLoader;
import dev.busbar.hub.Hub;
import dev.busbar.hub.HubFixture;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.web.Mount;
import dev.busbar.web.WebServer;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Starts the router on a real broker, as Busbar does. */
abstract class WampFixture extends HubFixture {

    static final String PREFIX = "org.buildbot.mq.";

    protected WampServer wamp;
    private WebServer web;
    private WebServer other;
    private BusbarConfig node;
    private WebSocketClient sockets;

    WampFixture(BrokerUnderTest broker) {
        super(broker);
    }

    protected void serve() {
        serve("{'anonymous': 'masters'}");
    }

    /** @param settings the settings of {@code wamp}, as JSON with single quotes for double ones */
    protected void serve(String settings) {
        var config = config(settings, "{'masters': {'listen': ['mq:#'], 'produce': ['mq:#']}}");
        start(config);
    }

    protected BusbarConfig config(String settings, String roles) {
        var whole = config("{'grace': '0ms', 'producing': {'timeout': '1h'}}").toJson();
        whole.put(
                        "web",
                        new JsonObject()
                                .put("port", 0)
                                .put("instances", 2)
                                .put("roles", new JsonObject(roles.replace('\'', '"'))))
                .put("wamp", new JsonObject(settings.replace('\'', '"')).put("enabled", true));
        return ConfigLoader.fromJson(whole);
    }

    protected void start(BusbarConfig config) {
        sockets = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setMaxConnections(1_000)
                .setMaxFrameSize(32 << 20)
                .setMaxMessageSize(32 << 20));
        hub = done(Hub.open(vertx, config));
        wamp = done(WampServer.start(vertx, config, hub));
        web = serve(config, wamp);
        node = config;
    }

    private WebServer serve(BusbarConfig config, WampServer router) {
        var longest = WampServer.maxReadBytes(config);
        var mount = new Mount("/wamp", WampServer.SUBPROTOCOL, longest, router::handler);
        return done(WebServer.start(vertx, config.web(), hub, List.of(mount)));
    }

    /** Starts a second router, as another node of the cluster has. */
    protected WampClient joinedElsewhere() {
        if (other == null) {
            other = serve(node, done(WampServer.start(vertx, node, hub)));
        }
        return WampClient.connect(sockets, other.url()).join();
    }

    @AfterEach
    void stopServing() {
        if (web != null) {
            done(web.close());
        }
        if (other != null) {
            done(other.close());
            other = null;
        }
    }

    /** Another Busbar on the same broker, in a Vert.x of its own, as another process has. */
    protected final class Beside implements AutoCloseable {

        private final Vertx own = Vertx.vertx();
        private final Hub ownHub;
        private final WampServer ownRouter;
        private final WebServer ownWeb;

        protected Beside(String ownExchange) {
            var json = node.toJson();
            json.getJsonObject("exchange").put("name", ownExchange);
            var config = ConfigLoader.fromJson(json);
            ownHub = done(Hub.open(own, config));
            ownRouter = done(WampServer.start(own, config, ownHub));
            var mount = new Mount("/wamp", WampServer.SUBPROTOCOL, WampServer.maxReadBytes(config), ownRouter::handler);
            ownWeb = done(WebServer.start(own, config.web(), ownHub, List.of(mount)));
        }

        WampClient joined() {
            return WampClient.connect(sockets, ownWeb.url()).join();
        }

        long openSockets() {
            return ownRouter.counts().sockets();
        }

        @Override
        public void close() {
            done(ownWeb.close());
            done(ownHub.close());
            done(own.close());
        }
    }

    protected String url() {
        return web.url();
    }

    protected WebSocketClient sockets() {
        return sockets;
    }

    protected WampClient connect() {
        return WampClient.connect(sockets, web.url());
    }

    protected WampClient joined() {
        return connect().join();
    }
}
