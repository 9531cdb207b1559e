package dev.busbar.broker.rabbit4;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.proton.ProtonConnection;
import io.vertx.proton.ProtonServer;
import io.vertx.proton.ProtonSession;
import io.vertx.proton.sasl.ProtonSaslAuthenticator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.transport.ErrorCondition;
import org.apache.qpid.proton.engine.Sasl;
import org.apache.qpid.proton.engine.Transport;

/** The stand-in, listening. Its state belongs to one event loop. */
public final class StandIn implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = ((VertxInternal) vertx).createEventLoopContext();
    private final ProtonServer server = ProtonServer.create(vertx);
    final Nodes nodes = new Nodes();
    final List<String> requests = new CopyOnWriteArrayList<>();
    final List<String> violations = new CopyOnWriteArrayList<>();
    private final List<String> hostnames = new CopyOnWriteArrayList<>();

    public StandIn() {
        var listening = Promise.<Integer>promise();
        server.saslAuthenticatorFactory(AnyUser::new).connectHandler(this::connected);
        loop.runOnContext(ignored ->
                server.listen(0, "127.0.0.1", result -> listening.handle(result.map(ProtonServer::actualPort))));
        await(listening);
    }

    private static <T> T await(Promise<T> promise) {
        try {
            return promise.future().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public int port() {
        return server.actualPort();
    }

    /** Management requests in order: method, path, and body with sorted keys. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** What RabbitMQ would have ended a session over. */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    /** Of each open frame. */
    public List<String> hostnames() {
        return List.copyOf(hostnames);
    }

    /** Looks at the state, or changes it, on its event loop. */
    public <T> T with(Callable<T> task) {
        var done = Promise.<T>promise();
        loop.runOnContext(ignored -> {
            try {
                done.complete(task.call());
            } catch (Exception e) {
                done.fail(e);
            }
        });
        return await(done);
    }

    public Nodes nodes() {
        return nodes;
    }

    private void connected(ProtonConnection connection) {
        connection.setContainer("rabbit@stand-in");
        connection.setProperties(Map.of(Symbol.valueOf("product"), "RabbitMQ", Symbol.valueOf("version"), "4.1.3"));
        connection.setOfferedCapabilities(
                new Symbol[] {Symbol.valueOf("LINK_PAIR_V1_0"), Symbol.valueOf("ANONYMOUS-RELAY")});
        connection.openHandler(ignored -> {
            hostnames.add(connection.getRemoteHostname());
            connection.open();
        });
        connection.closeHandler(ignored -> {
            connection.close();
            connection.disconnect();
        });
        var links = new ServerLinks(this);
        connection.sessionOpenHandler(session -> {
            session.closeHandler(ignored -> {
                nodes.ended(session);
                session.close();
                session.free();
            });
            session.open();
        });
        connection.receiverOpenHandler(links::fromClient);
        connection.senderOpenHandler(links::toClient);
        connection.disconnectHandler(ignored -> nodes.disconnected(connection));
    }

    void end(ProtonSession session, String condition, String description) {
        violations.add(description);
        session.setCondition(new ErrorCondition(Symbol.valueOf(condition), description));
        session.close();
    }

    @Override
    public void close() {
        var closed = Promise.<Void>promise();
        vertx.close().onComplete(closed);
        await(closed);
    }

    private static final class AnyUser implements ProtonSaslAuthenticator {
        private Sasl sasl;
        private boolean succeeded;

        @Override
        public void init(io.vertx.core.net.NetSocket socket, ProtonConnection connection, Transport transport) {
            sasl = transport.sasl();
            sasl.server();
            sasl.allowSkip(false);
            sasl.setMechanisms("PLAIN");
        }

        @Override
        public void process(io.vertx.core.Handler<Boolean> completion) {
            var mechanisms = sasl.getRemoteMechanisms();
            if (mechanisms.length > 0) {
                sasl.done(Sasl.SaslOutcome.PN_SASL_OK);
                succeeded = true;
            }
            completion.handle(mechanisms.length > 0);
        }

        @Override
        public boolean succeeded() {
            return succeeded;
        }
    }
}
