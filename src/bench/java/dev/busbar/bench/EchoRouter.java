package dev.busbar.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The least that a router can do: what a client publishes is sent, as it is, to everybody who has subscribed to
 * anything. No broker, no JSON, no topics, no permissions, no bounds; a WebSocket of Vert.x each.
 */
final class EchoRouter implements Wamp {

    @Override
    public int start(Vertx vertx, String uri, String exchange) {
        var port = new AtomicInteger();
        Set<ServerWebSocket> subscribers = ConcurrentHashMap.newKeySet();
        vertx.deployVerticle(
                        () -> new Echo(port, subscribers),
                        new DeploymentOptions()
                                .setInstances(Runtime.getRuntime().availableProcessors()))
                .await();
        return port.get();
    }

    private static final class Echo extends AbstractVerticle {

        private final AtomicInteger port;
        private final Set<ServerWebSocket> subscribers;

        Echo(AtomicInteger port, Set<ServerWebSocket> subscribers) {
            this.port = port;
            this.subscribers = subscribers;
        }

        @Override
        public void start(Promise<Void> started) {
            vertx.createHttpServer(new HttpServerOptions().addWebSocketSubProtocol(SUBPROTOCOL))
                    .webSocketHandler(socket -> socket.textMessageHandler(text -> received(socket, text)))
                    .listen(-1, "127.0.0.1")
                    .onSuccess(server -> port.set(server.actualPort()))
                    .<Void>mapEmpty()
                    .onComplete(started);
        }

        private void received(ServerWebSocket from, String text) {
            if (text.startsWith("[16,")) {
                subscribers.forEach(socket -> socket.writeTextMessage(text));
            } else {
                if (text.startsWith("[32,")) {
                    subscribers.add(from);
                }
                from.writeTextMessage("[0]");
            }
        }
    }
}
