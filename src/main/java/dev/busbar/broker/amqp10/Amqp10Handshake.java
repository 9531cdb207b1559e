package dev.busbar.broker.amqp10;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.RenewedTls;
import dev.busbar.config.BrokerConfig;
import dev.busbar.config.BrokerUri;
import dev.busbar.config.SaslMechanism;
import dev.busbar.log.CleanLogger;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.proton.ProtonTransportOptions;
import io.vertx.proton.impl.ProtonConnectionImpl;
import io.vertx.proton.impl.ProtonSaslClientAuthenticatorImpl;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.qpid.proton.amqp.Symbol;
import org.slf4j.Logger;

/**
 * Tries once to open a connection to one broker: socket, TLS, SASL, {@code open} frame. Goes below vertx-proton's
 * client, because the socket is needed: to name a server that speaks another protocol, and to write the frames of one
 * turn of the event loop at once.
 */
final class Amqp10Handshake {

    private static final Logger LOG = CleanLogger.of(Amqp10Handshake.class);
    private static final int MAX_FLUSHES = 256;
    /**
     * How much longer a broker that speaks AMQP 1.0 may take: RabbitMQ 3 refuses a wrong password only after three
     * seconds, against those who try many.
     */
    private static final int SLOW_REFUSAL_MILLIS = 4_000;
    /**
     * The least silence between the login and a hang-up over a virtual host: RabbitMQ 4 waits three seconds. A broker
     * that stops hangs up at once.
     */
    private static final long HANG_UP_SILENCE_NANOS = 2_000_000_000L;

    private final ContextInternal context;
    private final BrokerConfig config;
    private final RenewedTls tls;
    private final ConnectTarget target;
    private final BrokerUri uri;
    private final Amqp10Greeting greeting = new Amqp10Greeting();
    private final Promise<ProtonConnectionImpl> open;
    private ProtonConnectionImpl connection;
    private long authenticatedNanos;
    private boolean hungUp;

    Amqp10Handshake(ContextInternal context, BrokerConfig config, RenewedTls tls, ConnectTarget target) {
        this.context = context;
        this.config = config;
        this.tls = tls;
        this.target = target;
        this.uri = target.uri();
        this.open = context.promise();
    }

    /**
     * Opens the connection.
     *
     * @param name the name of the connection, a part of its container id
     * @param hostname the hostname for the {@code open} frame
     * @return the open connection; fails with a {@link BrokerException}, and then nothing is left open
     */
    Future<ProtonConnectionImpl> run(String name, String hostname) {
        NetClient client;
        try {
            client = context.owner().createNetClient(SocketOptions.of(config, uri, tls));
        } catch (RuntimeException e) {
            return Future.failedFuture(translated(e));
        }
        client.connect(target.connecting().setSsl(uri.isTls()))
                .onComplete(socket -> startAmqp(client, socket, name, hostname), open::tryFail);
        return open.future()
                .timeout(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure -> failure instanceof TimeoutException && greeting.amqp10()
                        ? open.future().timeout(SLOW_REFUSAL_MILLIS, TimeUnit.MILLISECONDS)
                        : Future.failedFuture(failure))
                .recover(failure -> {
                    client.close();
                    return uri.isTls() && PlainPort.mayBe(failure)
                            ? PlainPort.answers(context, config, target)
                                    .compose(plain -> Future.failedFuture(
                                            plain
                                                    ? HandshakeErrors.notTls(uri, "it answers without", failure)
                                                    : translated(failure)))
                            : Future.failedFuture(translated(failure));
                });
    }

    /** Whether the broker has accepted the login, said nothing for long, and ended the connection. */
    boolean hungUp() {
        return hungUp;
    }

    /** Fails the attempt; has no effect once the attempt is over. */
    void giveUp() {
        open.tryFail(new BrokerException(Kind.UNREACHABLE, "the connection was closed before it was open"));
    }

    private void startAmqp(NetClient client, NetSocket socket, String name, String hostname) {
        // Vert.x would log a reset as an error; the disconnect handler reports the loss in any case.
        socket.exceptionHandler(failure -> LOG.debug("{}: {}", uri.hostAndPort(), failure.toString()));
        var channel = ((NetSocketInternal) socket).channelHandlerContext();
        channel.pipeline().addBefore(channel.name(), "busbar-greeting", greeting);
        channel.pipeline().addBefore(channel.name(), "busbar-flush", new FlushConsolidationHandler(MAX_FLUSHES, true));
        connection = new ProtonConnectionImpl(context.owner(), hostname, context);
        connection.setContainer(name + "-" + UUID.randomUUID());
        connection.setProperties(Map.of(Symbol.valueOf("product"), "Busbar"));
        connection.disconnectHandler(ignored -> {
            hungUp = authenticatedNanos != 0 && System.nanoTime() - authenticatedNanos > HANG_UP_SILENCE_NANOS;
            open.tryFail(greeting.failure() == null ? new IOException("the connection was lost") : greeting.failure());
        });
        connection.closeHandler(
                ignored -> open.tryFail(AmqpErrors.translate(connection.getRemoteCondition(), doing())));
        connection.openHandler(result -> {
            // A broker that refuses the connection opens it first, and then closes it with the reason.
            if (result.succeeded() && !refused()) {
                open.tryComplete(connection);
            }
        });
        connection.bindClient(client, socket, authenticator(), transportOptions());
        connection.flush();
    }

    private boolean refused() {
        var properties = connection.getRemoteProperties();
        return properties != null && properties.containsKey(Symbol.valueOf("amqp:connection-establishment-failed"));
    }

    private ProtonSaslClientAuthenticatorImpl authenticator() {
        return new ProtonSaslClientAuthenticatorImpl(
                uri.user(), uri.password().reveal(), Set.of(config.sasl().name()), null, result -> {
                    if (result.succeeded()) {
                        authenticatedNanos = System.nanoTime();
                        connection.open();
                    } else {
                        open.tryFail(result.cause());
                    }
                });
    }

    private ProtonTransportOptions transportOptions() {
        return new ProtonTransportOptions()
                .setHeartbeat((int) config.heartbeat().toMillis());
    }

    private String doing() {
        return "opening the connection to " + uri
                + (config.sasl() == SaslMechanism.ANONYMOUS ? " without a name (broker.sasl: anonymous)" : "");
    }

    private BrokerException translated(Throwable failure) {
        return HandshakeErrors.translate(failure, uri, config, greeting);
    }
}
