package dev.busbar.broker.amqp10;

import dev.busbar.broker.Causes;
import dev.busbar.config.BrokerConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.NetSocket;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;

/**
 * Asks a broker that breaks a TLS handshake off whether it speaks AMQP without TLS at this port. Its answer to the
 * handshake does not always tell: that of RabbitMQ 4 passes for the beginning of a record of SSL 2, of which the rest
 * never comes.
 */
final class PlainPort {

    /** The protocol header of AMQP 1.0 with SASL (part 5, section 3.2). */
    private static final Buffer HEADER = Buffer.buffer(new byte[] {'A', 'M', 'Q', 'P', 3, 1, 0, 0});

    private static final int PATIENCE_MILLIS = 1_000;

    private PlainPort() {}

    /** Whether it is worth asking after this failure to get through by TLS. */
    static boolean mayBe(Throwable failure) {
        return Causes.find(failure, ConnectException.class) == null
                && (Causes.find(failure, ClosedChannelException.class) != null
                        || Causes.find(failure, SocketException.class) != null);
    }

    static Future<Boolean> answers(ContextInternal context, BrokerConfig config, ConnectTarget target) {
        var client = context.owner().createNetClient(SocketOptions.plain(config));
        return client.connect(target.connecting())
                .compose(socket -> answers(context, socket))
                .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .otherwise(false)
                .onComplete(ignored -> client.close());
    }

    private static Future<Boolean> answers(ContextInternal context, NetSocket socket) {
        Promise<Boolean> answered = context.promise();
        socket.handler(said -> answered.tryComplete(said.toString().startsWith("AMQP")));
        socket.closeHandler(ignored -> answered.tryComplete(false));
        socket.exceptionHandler(ignored -> answered.tryComplete(false));
        socket.write(HEADER.copy());
        return answered.future();
    }
}
