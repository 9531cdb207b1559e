package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.AddressResolver;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.TrafficListener;
import com.rabbitmq.client.impl.NettyFrameHandlerFactory;
import dev.busbar.broker.FailoverAttempt;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.vertx.core.internal.ContextInternal;
import io.vertx.rabbitmq.RabbitMQOptions;
import java.net.InetAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Opens connections of the Java client whose socket lives on one event loop. Tries all addresses of all hosts in turn,
 * each with the whole time-out.
 */
final class RabbitMqConnectionOpener {

    private static final int AMQPS_PORT = 5671;
    private static final String FRAME_DECODER = LengthFieldBasedFrameDecoder.class.getSimpleName();
    private static final String READ_TIMEOUT_HANDLER = ReadTimeoutHandler.class.getSimpleName();
    private static final int MAX_BODY_BYTES = 1 << 30;
    private static final int MIN_RPC_TIMEOUT_MILLIS = 20_000;

    private final ContextInternal context;
    private final RabbitMQOptions options;
    private final ReadFailures readFailures = new ReadFailures();

    RabbitMqConnectionOpener(ContextInternal context, RabbitMQOptions options) {
        this.context = context;
        this.options = options;
    }

    /**
     * Begins an attempt to connect.
     *
     * @param traffic sees every command
     * @param socketHandler stands before the Java client's own in the socket's pipeline
     */
    ConnectionAttempt open(TrafficListener traffic, ChannelHandler socketHandler) {
        var attempt = new ConnectionAttempt(context);
        List<FailoverAttempt.Host> hosts;
        try {
            hosts = hosts();
        } catch (Exception e) {
            attempt.begun(context.failedFuture(e));
            return attempt;
        }
        attempt.begun(new FailoverAttempt<OpenedConnection>(
                        context,
                        hosts,
                        (index, address) -> context.executeBlocking(
                                () -> connect(attempt, hosts.get(index), address, traffic, socketHandler), false),
                        attempt::isGivenUp)
                .begin());
        return attempt;
    }

    private OpenedConnection connect(
            ConnectionAttempt attempt,
            FailoverAttempt.Host host,
            InetAddress address,
            TrafficListener traffic,
            ChannelHandler socketHandler)
            throws Exception {
        // Closed here, as the event loop keeps a listener for each.
        try (var chosen = new ChosenAddress(address)) {
            return connect(attempt, host, factory(chosen), traffic, socketHandler);
        }
    }

    private OpenedConnection connect(
            ConnectionAttempt attempt,
            FailoverAttempt.Host host,
            ConnectionFactory factory,
            TrafficListener traffic,
            ChannelHandler socketHandler) {
        var greeting = new AtomicReference<RabbitMqGreeting>();
        var burst = new AtomicReference<ReadBurst>();
        var tls = new AtomicReference<TlsAnswer>();
        var guard = new AtomicReference<HeaderGuard>();
        var server = new ServerTraits(traffic);
        factory.setTrafficListener(server);
        factory.netty().channelCustomizer(channel -> {
            attempt.uses(channel);
            greeting.set(new RabbitMqGreeting());
            burst.set(new ReadBurst());
            guard.set(new HeaderGuard(readFailures));
            if (channel.pipeline().get(SslHandler.class) != null) {
                tls.set(new TlsAnswer());
                channel.pipeline().addFirst(tls.get());
            }
            insertHandlers(channel.pipeline(), greeting.get(), burst.get(), guard.get());
            channel.pipeline().addAfter(FRAME_DECODER, null, socketHandler);
            FrameGatherer.addTo(channel);
        });
        try {
            // Given as a resolver, for the JDK would look up a single address first.
            AddressResolver onlyHost = () -> List.of(new Address(host.name(), host.port()));
            var connection = factory.newConnection(LoopExecutor.of(burst), onlyHost, options.getConnectionName());
            var socket = attempt.socket();
            removeReadTimeout(socket);
            connection.addShutdownListener(guard.get()::ended);
            return new OpenedConnection(connection, socket, FrameGatherer.of(socket));
        } catch (Exception e) {
            attempt.closeSocket();
            var foreign = greeting.get() == null ? null : greeting.get().foreign();
            throw tls.get() != null && tls.get().plain()
                    ? ConnectErrors.notTls(host.toString(), e)
                    : ConnectErrors.translate(e, host.toString(), factory, foreign, server.saysWhenItRefuses());
        }
    }

    private static void insertHandlers(
            ChannelPipeline pipeline, RabbitMqGreeting greeting, ReadBurst burst, HeaderGuard guard) {
        var amqp = pipeline.names().stream()
                .filter(name -> name.startsWith("ProtocolVersionMismatch") || name.startsWith("LengthField"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("unknown pipeline of " + NettyFrameHandlerFactory.class));
        pipeline.addBefore(amqp, "busbar-greeting", greeting);
        pipeline.addAfter(FRAME_DECODER, "busbar-header-guard", guard);
        pipeline.addAfter(FRAME_DECODER, "busbar-burst", burst);
    }

    private ConnectionFactory factory(ChosenAddress chosen) throws Exception {
        var factory = new ConnectionFactory();
        var tls = applyAccess(factory);
        factory.setConnectionTimeout(options.getConnectionTimeout());
        factory.setHandshakeTimeout(options.getHandshakeTimeout());
        factory.setChannelRpcTimeout(Math.max(MIN_RPC_TIMEOUT_MILLIS, options.getHandshakeTimeout()));
        factory.setRequestedHeartbeat(options.getRequestedHeartbeat());
        factory.setRequestedChannelMax(options.getRequestedChannelMax());
        factory.setMaxInboundMessageBodySize(MAX_BODY_BYTES);
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setShutdownExecutor(LoopExecutor.forShutdown());
        factory.setExceptionHandler(new LoggedExceptions());
        applyCredentials(factory);
        applyClientProperties(factory);
        factory.netty()
                .bootstrapCustomizer(bootstrap -> bootstrap
                        .group(context.nettyEventLoop())
                        .channelFactory(context.owner().transport().channelFactory(false))
                        .resolver(chosen)
                        .option(ChannelOption.TCP_NODELAY, options.isTcpNoDelay())
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, options.getConnectionTimeout()));
        if (tls) {
            factory.netty().sslContext(TlsContext.create(context.owner(), options));
        }
        return factory;
    }

    /**
     * Applies host, port, user and virtual host. Returns whether to use TLS, which holds as soon as one of the options
     * asks for it.
     */
    private boolean applyAccess(ConnectionFactory factory) throws Exception {
        if (options.getUri() != null) {
            return applyUri(factory, URI.create(options.getUri()));
        }
        factory.setUsername(options.getUser());
        factory.setPassword(options.getPassword());
        factory.setVirtualHost(options.getVirtualHost());
        factory.setHost(options.getHost());
        factory.setPort(
                options.getPort() > 0
                        ? options.getPort()
                        : options.isSsl() ? AMQPS_PORT : ConnectionFactory.DEFAULT_AMQP_PORT);
        return options.isSsl();
    }

    /**
     * Applies a URI. The Java client would trust every certificate for {@code amqps:}, so it is given {@code amqp:}
     * instead.
     */
    private boolean applyUri(ConnectionFactory factory, URI uri) throws Exception {
        var amqps = "amqps".equalsIgnoreCase(uri.getScheme());
        factory.setUri(amqps ? URI.create("amqp" + uri.toString().substring("amqps".length())) : uri);
        var tls = amqps || options.isSsl();
        if (tls && uri.getPort() < 0) {
            factory.setPort(AMQPS_PORT);
        }
        return tls;
    }

    private void applyCredentials(ConnectionFactory factory) {
        if (options.getSaslConfig() != null) {
            factory.setSaslConfig(options.getSaslConfig());
        }
        if (options.getCredentialsProvider() != null) {
            factory.setCredentialsProvider(options.getCredentialsProvider());
        }
        if (options.getCredentialsRefreshService() != null) {
            factory.setCredentialsRefreshService(options.getCredentialsRefreshService());
        }
        if (options.getMetricsCollector() != null) {
            factory.setMetricsCollector(options.getMetricsCollector());
        }
    }

    private void applyClientProperties(ConnectionFactory factory) {
        var properties = new HashMap<>(factory.getClientProperties());
        properties.put("product", "Busbar");
        // Else Qpid Broker-J closes the connection on an unroutable mandatory message instead of returning it.
        properties.put("qpid.close_when_no_route", false);
        factory.setClientProperties(properties);
    }

    private List<FailoverAttempt.Host> hosts() throws Exception {
        var factory = new ConnectionFactory();
        applyAccess(factory);
        var addresses = options.getUri() == null && !options.getAddresses().isEmpty()
                ? options.getAddresses()
                : List.of(new Address(factory.getHost(), factory.getPort()));
        return addresses.stream()
                .map(address -> new FailoverAttempt.Host(
                        address.getHost(), address.getPort() > 0 ? address.getPort() : factory.getPort()))
                .toList();
    }

    /**
     * Removes the Java client's read time-out. The client gives a connection up after one interval of silence, or after
     * a second if there are no heartbeats; the specification (4.2.7) says two intervals, which its handler of
     * heartbeats keeps.
     */
    private static void removeReadTimeout(Channel socket) {
        socket.eventLoop().execute(() -> {
            if (socket.pipeline().get(READ_TIMEOUT_HANDLER) != null) {
                socket.pipeline().remove(READ_TIMEOUT_HANDLER);
            }
        });
    }
}
