package dev.busbar.socket;

import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.VertxHandler;

/** Where a WebSocket is written to that has been encoded already: Vert.x would frame it anew for each. */
public final class NettyAccess {

    private NettyAccess() {}

    /**
     * Of the handler that Vert.x has for the WebSocket: vertx-web's wrapper hides it.
     *
     * @param request that has been upgraded
     */
    public static ChannelHandlerContext of(HttpServerRequest request) {
        var connection = (ConnectionBase) request.connection();
        return connection.channel().pipeline().context(VertxHandler.class);
    }
}
