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
 * Asks a broker that breaks a TLS handshake off whether it speaks AMQP without TLS at this port. The broker's answer to
 * the handshake does not always tell: RabbitMQ 4's answer passes for the beginning of a record of SSL 2, of which the
 * rest never comes.
 */
final class PlainPort {

    /** The protocol header of AMQP 1.0 with SASL (part 5, section 3.2). */
    private static final Buffer PROTOCOL_HEADER = Buffer.buffer(new byte[] {'A', 'M', 'Q', 'P', 3, 1, 0, 0});

    private static final int ANSWER_TIMEOUT_MILLIS = 1_000;

    private PlainPort() {}

    /** Whether this failure to connect by TLS may come from a port without TLS, so that it is worth asking. */
    static boolean mayBe(Throwable failure) {
        return Causes.find(failure, ConnectException.class) == null
                && (Causes.find(failure, ClosedChannelException.class) != null
                        || Causes.find(failure, SocketException.class) != null);
    }

    /** Completes with whether the server answers in AMQP without TLS. */
    static Future<Boolean> answers(ContextInternal context, BrokerConfig config, ConnectTarget target) {
        var client = context.owner().createNetClient(SocketOptions.plain(config));
        return client.connect(target.connecting())
                .compose(socket -> answers(context, socket))
                .timeout(ANSWER_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .otherwise(false)
                .onComplete(ignored -> client.close());
    }

    private static Future<Boolean> answers(ContextInternal context, NetSocket socket) {
        Promise<Boolean> answered = context.promise();
        socket.handler(answer -> answered.tryComplete(answer.toString().startsWith("AMQP")));
        socket.closeHandler(ignored -> answered.tryComplete(false));
        socket.exceptionHandler(ignored -> answered.tryComplete(false));
        socket.write(PROTOCOL_HEADER.copy());
        return answered.future();
    }
}
