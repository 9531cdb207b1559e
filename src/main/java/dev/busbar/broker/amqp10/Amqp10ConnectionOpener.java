package dev.busbar.broker.amqp10;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.FailoverAttempt;
import dev.busbar.broker.RenewedTls;
import dev.busbar.config.BrokerConfig;
import dev.busbar.config.BrokerUri;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.proton.ProtonConnection;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Opens connections on one event loop, and finds out what broker is at the other end. Tries all addresses of all hosts
 * in turn, each with the whole time-out.
 */
final class Amqp10ConnectionOpener {

    private static final int CLOSE_TIMEOUT_MILLIS = 1_000;

    private final ContextInternal context;
    private final BrokerConfig config;
    private final RenewedTls tls;
    private final String name;
    private Amqp10Handshake handshake;
    private boolean givenUp;

    Amqp10ConnectionOpener(ContextInternal context, BrokerConfig config, String name) {
        this.context = context;
        this.config = config;
        this.tls = new RenewedTls(context.owner(), config.tls());
        this.name = name;
    }

    /**
     * Opens a connection to the first broker that accepts one.
     *
     * @param lost called once when the connection has ended after it was open, unless by {@link #close}
     */
    Future<Peer> open(Consumer<BrokerException> lost) {
        var uris = config.uris();
        return new FailoverAttempt<>(
                        context,
                        uris.stream()
                                .map(uri -> new FailoverAttempt.Host(uri.host(), uri.port()))
                                .toList(),
                        (index, address) ->
                                open(new ConnectTarget(uris.get(index), address), Dialects.configured(config), lost),
                        () -> givenUp)
                .begin();
    }

    /** Gives up for good: an attempt under way fails at once. */
    void giveUp() {
        givenUp = true;
        if (handshake != null) {
            handshake.giveUp();
        }
    }

    /** @param assumed the dialect that the broker is taken to speak; {@code null} if only its answer can tell */
    private Future<Peer> open(ConnectTarget target, Dialect assumed, Consumer<BrokerException> lost) {
        var uri = target.uri();
        var hostname = hostname(assumed == null ? Dialects.FIRST_GUESS : assumed, uri);
        var attempt = new Amqp10Handshake(context, config, tls, target);
        handshake = attempt;
        return attempt.run(name, hostname).transform(result -> {
            if (result.succeeded()) {
                return identify(result.result(), target, assumed, hostname, lost);
            } else if (!attempt.hungUp()) {
                return Future.failedFuture(result.cause());
            }
            // The open frame named no virtual host, so that the broker has checked the user against its default one.
            return assumed == null && !hostname(Dialects.AFTER_HANG_UP, uri).equals(hostname) && !givenUp
                    ? open(target, Dialects.AFTER_HANG_UP, lost)
                    : Future.failedFuture(hungUp(assumed, uri, result.cause()));
        });
    }

    private Future<Peer> identify(
            ProtonConnection connection,
            ConnectTarget target,
            Dialect assumed,
            String hostname,
            Consumer<BrokerException> lost) {
        var uri = target.uri();
        var traits = PeerTraits.of(connection);
        var dialect = assumed == null ? Dialects.of(traits) : assumed;
        if (dialect == null) {
            return close(connection).transform(ignored -> Future.failedFuture(Dialects.unknown(traits, uri)));
        }
        // How the open frame names the virtual host depends on the broker, which is known only now.
        if (!hostname(dialect, uri).equals(hostname)) {
            return close(connection).transform(ignored -> open(target, dialect, lost));
        }
        var peer = new Peer(context, connection, traits, dialect, uri.hostAndPort());
        return (dialect.looksAtVirtualHostLate() ? requireVirtualHost(peer, uri) : Future.<Void>succeededFuture())
                .map(ignored -> {
                    reportLoss(peer, lost);
                    return peer;
                });
    }

    /**
     * Returns the failure for a broker that has hung up after the login. The virtual host is certainly the reason only
     * if the dialect is one that hangs up over it, and the {@code open} frame has named one.
     */
    private static BrokerException hungUp(Dialect assumed, BrokerUri uri, Throwable failure) {
        var certain = assumed != null
                && assumed.hangsUpOnVirtualHost()
                && !hostname(assumed, uri).equals(uri.host());
        var hostAndPort = uri.hostAndPort();
        return new BrokerException(
                certain ? Kind.NOT_FOUND : Kind.UNREACHABLE,
                certain
                        ? virtualHostRefused(hostAndPort, uri, "it hangs up without a word")
                        : "the broker at " + hostAndPort + " accepts the login of user '" + uri.user()
                                + "' and hangs up: is it stopping, or may the user not use virtual host '"
                                + uri.virtualHost() + "'?",
                failure);
    }

    private static String virtualHostRefused(String hostAndPort, BrokerUri uri, String reason) {
        return "the broker at " + hostAndPort + " has no virtual host '" + uri.virtualHost() + "' that user '"
                + uri.user() + "' may use: " + reason
                + ". Check the virtual host in broker.uri, create it, or grant the permission";
    }

    /** Begins a session, which fails if the virtual host does not exist or this user may not use it. */
    private Future<Void> requireVirtualHost(Peer peer, BrokerUri uri) {
        var connection = peer.connection();
        var begun = context.<Void>promise();
        connection.closeHandler(ignored -> begun.tryFail(new BrokerException(
                Kind.NOT_FOUND,
                virtualHostRefused(
                        peer.hostAndPort(),
                        uri,
                        "the broker says " + connection.getRemoteCondition().getDescription()))));
        connection.disconnectHandler(ignored -> begun.tryFail(
                new BrokerException(Kind.UNREACHABLE, "the connection to the broker was lost while opening it")));
        peer.begin(begun::tryFail).compose(peer::end).onComplete(ignored -> begun.tryComplete(), begun::tryFail);
        return begun.future().recover(failure -> close(connection).transform(ignored -> Future.failedFuture(failure)));
    }

    private static String hostname(Dialect dialect, BrokerUri uri) {
        return dialect.hostname(uri.virtualHost(), uri.host());
    }

    private static void reportLoss(Peer peer, Consumer<BrokerException> lost) {
        var connection = peer.connection();
        connection.closeHandler(ignored -> {
            peer.endedFor(connection.getRemoteCondition());
            var cause = AmqpErrors.translate(connection.getRemoteCondition(), "while using the connection");
            connection.disconnectHandler(disconnected -> {});
            connection.close();
            connection.disconnect();
            lost.accept(cause);
        });
        connection.disconnectHandler(ignored -> lost.accept(
                new BrokerException(Kind.UNREACHABLE, "the connection to the broker was lost while using it")));
    }

    /** Closes a connection without reporting it as lost. */
    Future<Void> close(ProtonConnection connection) {
        if (connection.isDisconnected()) {
            return Future.succeededFuture();
        }
        var closed = context.<Void>promise();
        connection.closeHandler(ignored -> closed.tryComplete());
        connection.disconnectHandler(ignored -> closed.tryComplete());
        connection.close();
        return closed.future()
                .timeout(CLOSE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .transform(ignored -> {
                    connection.disconnect();
                    return Future.succeededFuture();
                });
    }
}
