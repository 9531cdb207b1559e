package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Command;
import com.rabbitmq.client.TrafficListener;
import dev.busbar.log.CleanLogger;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.internal.ContextInternal;
import org.slf4j.Logger;

/**
 * Watches whether data written to a connection leaves at once: not while the broker takes no publications
 * ({@code connection.blocked}, {@code channel.flow}), nor while the socket is full. Confined to the event loop.
 */
final class Writability {

    private static final Logger LOG = CleanLogger.of(Writability.class);

    private final ContextInternal context;
    private final String name;
    private final Runnable changed;
    private Channel socket;
    private volatile String blocked;
    private boolean flowing = true;
    private long commandsReceived;

    /**
     * Makes a watch without a connection.
     *
     * @param name of the connection, for the log
     * @param changed called when the writability may have changed while there is a connection
     */
    Writability(ContextInternal context, String name, Runnable changed) {
        this.context = context;
        this.name = name;
        this.changed = changed;
    }

    /** Begins to watch a new connection, which nothing holds up yet. */
    void begin(OpenedConnection connection) {
        socket = connection.socket();
        blocked = null;
        flowing = true;
        var amqp = connection.amqp();
        amqp.addBlockedListener(
                reason -> context.runOnContext(ignored -> blocked(reason)),
                () -> context.runOnContext(ignored -> blocked(null)));
    }

    /** Ends the watch, because there is no connection any more. */
    void end() {
        socket = null;
        blocked = null;
    }

    boolean writable() {
        return socket != null && blocked == null && flowing && socket.isWritable();
    }

    /**
     * Returns the broker's reason for taking no publications; {@code null} while it takes them. May be called from any
     * thread.
     */
    String blocked() {
        return blocked;
    }

    private void blocked(String reason) {
        blocked = reason;
        if (reason == null) {
            LOG.info("{}: the broker takes publications again", name);
        } else {
            LOG.warn("{}: the broker takes no publications at present: {}", name, reason);
        }
        changed.run();
    }

    /** Returns how many commands have come so far, over all connections: if it grows, the broker is not silent. */
    long commandsReceived() {
        return commandsReceived;
    }

    /** Returns the listener that is to see every command of a connection from its first. */
    TrafficListener flowWatch() {
        return new FlowWatch();
    }

    /** Returns the handler that is to stand before the Java client's own in the pipeline of a connection's socket. */
    ChannelHandler socketWatch() {
        return new SocketWatch();
    }

    /** Watches for {@code channel.flow}, which would make the Java client wait inside a publish. */
    private final class FlowWatch implements TrafficListener {
        @Override
        public void read(Command command) {
            commandsReceived++;
            if (command.getMethod() instanceof AMQP.Channel.Flow flow) {
                flowing = flow.getActive();
                context.runOnContext(ignored -> changed.run());
            }
        }

        @Override
        public void write(Command command) {}
    }

    /**
     * Keeps changes of the socket's writability from the Java client. The client would have a set-up command wait for a
     * writable socket under the lock of its channel; if the connection is lost meanwhile, the event loop needs that
     * lock and would wait as long. Commands are small, and large data asks {@link #writable()} first. Sharable, because
     * one attempt may try several hosts with it.
     */
    @ChannelHandler.Sharable
    private final class SocketWatch extends ChannelInboundHandlerAdapter {
        @Override
        public void channelWritabilityChanged(ChannelHandlerContext watched) {
            if (watched.channel().isWritable()) {
                context.runOnContext(ignored -> changed.run());
            } else {
                watched.channel().flush();
            }
        }
    }
}
