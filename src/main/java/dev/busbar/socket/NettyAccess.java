package dev.busbar.socket;

import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.VertxHandler;

/**
 * Gives access to the Netty channel of a WebSocket. Frames that are encoded once for many clients are written there;
 * Vert.x would encode them anew for each client.
 */
public final class NettyAccess {

    private NettyAccess() {}

    /**
     * Returns the context of Vert.x's handler in the pipeline of a WebSocket; vertx-web's wrapper hides it.
     *
     * @param request the request that has been upgraded
     */
    public static ChannelHandlerContext of(HttpServerRequest request) {
        var connection = (ConnectionBase) request.connection();
        return connection.channel().pipeline().context(VertxHandler.class);
    }
}
