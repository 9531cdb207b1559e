package dev.busbar.web;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.vertx.core.Completable;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.TimeUnit;

/**
 * Ends the connections that are left a while after a port was told to close. Vert.x says goodbye to each WebSocket
 * first, and would wait for ever for one whose client reads nothing. On one event loop.
 */
final class OpenChannels {

    private static final long CLOSE_GRACE_SECONDS = 5;

    private final EventLoop eventLoop;
    private final ChannelGroup open;

    /** To be made on the event loop, by the verticle with which the port is closed. */
    OpenChannels(ContextInternal context) {
        eventLoop = context.nettyEventLoop();
        open = new DefaultChannelGroup(eventLoop);
        context.addCloseHook(this::closing);
    }

    void add(HttpConnection connection) {
        open.add(((ConnectionBase) connection).channel());
    }

    private void closing(Completable<Void> completion) {
        eventLoop.schedule(
                () -> open.forEach(channel -> end(channel.pipeline().firstContext())),
                CLOSE_GRACE_SECONDS,
                TimeUnit.SECONDS);
        completion.succeed();
    }

    /** Past Vert.x, which would wait once more; there is nothing to end if it has closed meanwhile. */
    private static void end(ChannelHandlerContext first) {
        if (first != null) {
            first.close();
        }
    }
}
