package dev.busbar.web;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;

/**
 * What other packages offer on Busbar's HTTP port, under its rules for hosts, origins and connections.
 *
 * @param subprotocol of its WebSockets
 * @param messageBytes the longest WebSocket message it reads
 * @param handler makes one for each event loop, on that event loop
 */
public record Mount(String path, String subprotocol, long messageBytes, Supplier<Handler<RoutingContext>> handler) {

    public Mount {
        requireNonNull(path, "path");
        requireNonNull(subprotocol, "subprotocol");
        requireNonNull(handler, "handler");
    }
}
