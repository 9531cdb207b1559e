package dev.busbar.web;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;

/**
 * A handler of another package that is mounted on Busbar's HTTP port, behind the port's checks of hosts and origins and
 * its limit of connections.
 *
 * @param path the path of the handler, e.g. {@code /wamp}
 * @param subprotocol the subprotocol of its WebSockets
 * @param messageBytes the longest WebSocket message that the handler reads
 * @param handler makes the handler of one event loop; called on that event loop
 */
public record Mount(String path, String subprotocol, long messageBytes, Supplier<Handler<RoutingContext>> handler) {

    public Mount {
        requireNonNull(path, "path");
        requireNonNull(subprotocol, "subprotocol");
        requireNonNull(handler, "handler");
    }
}
