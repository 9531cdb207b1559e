package dev.busbar.broker;

import static dev.busbar.testing.broker.Await.done;
import static dev.busbar.testing.broker.Await.eventually;
import static dev.busbar.testing.broker.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.config.BrokerUri;
import dev.busbar.config.Secret;
import dev.busbar.testing.BrokerThreads;
import dev.busbar.testing.FreePort;
import dev.busbar.testing.broker.Await;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.CuttableProxy;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests how a connection comes about, and every way in which it fails to. */
public abstract class ConnectingContract extends BrokerContract {

    private static final Duration SHORT = Duration.ofMillis(400);

    protected ConnectingContract(BrokerUnderTest broker) {
        super(broker);
    }

    private BrokerException refusal(Duration patience, BrokerUri... uris) {
        var client = client(config(patience, uris));
        return failure(client.later(client.connection::connect));
    }

    private BrokerUri as(String user, String password, String virtualHost) {
        var uri = broker.uri();
        return new BrokerUri(uri.scheme(), uri.host(), uri.port(), user, new Secret(password), virtualHost);
    }

    @Test
    void connectsAndCloses() {
        var client = client(config(broker.uri()));
        assertThat(client.get(client.connection::state)).isInstanceOf(ConnectionState.Idle.class);

        client.connect();
        assertThat(client.get(client.connection::state)).isInstanceOf(ConnectionState.Connected.class);

        client.close();
        client.close();
        assertThat(client.get(client.connection::state)).isInstanceOf(ConnectionState.Closed.class);
    }

    @Test
    void closedItStaysClosed() {
        var client = connected();
        client.close();

        var failure = failure(client.later(
                () -> client.connection.subscribe(Client.spec(exchange, fleeting(), 1, "#"), Inbox.keeping())));

        assertThat(failure).hasMessageContaining("closed");
        assertThat(client.get(client.connection::state)).isInstanceOf(ConnectionState.Closed.class);
    }

    @Test
    void closesWhatIsNotYetConnected() {
        try (var proxy = new CuttableProxy(broker.uri().host(), broker.uri().port())) {
            var client = client(config(at(proxy.port())));

            var connecting = client.later(client.connection::connect);
            client.close();

            assertThat(failure(connecting)).hasMessageNotContaining("null");
            eventually(() -> assertThat(proxy.connections()).isZero());
        }
    }

    @Test
    void closedDuringAHandshakeThatIsNotAnsweredItLetsGoOfTheSocketAtOnce() {
        var begun = Promise.<Void>promise();
        var left = Promise.<Void>promise();
        var server = done(vertx.createNetServer()
                .connectHandler(socket -> {
                    socket.handler(ignored -> begun.tryComplete());
                    socket.closeHandler(ignored -> left.tryComplete());
                })
                .listen(0, "127.0.0.1"));
        var client = client(withConnectTimeout(Duration.ofMinutes(2), at(server.actualPort()), at(FreePort.next())));
        var connecting = client.later(client.connection::connect);
        done(begun.future());

        client.close();

        done(left.future());
        assertThat(failure(connecting)).hasMessageNotContaining("null");
    }

    @Test
    void whereNobodyListensIsUnreachableOnceThePatienceIsOver() {
        var port = FreePort.next();
        var began = System.nanoTime();

        var failure = refusal(SHORT, at(port));

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure).hasMessageContaining("127.0.0.1:" + port).hasMessageContaining("startTimeout");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(SHORT, SHORT.plusSeconds(5));
    }

    @Test
    void aHostThatDoesNotExistIsSaid() {
        var uri = broker.uri();
        var nowhere = new BrokerUri(uri.scheme(), "no-such-host.invalid", 5672, "a", new Secret("b"), "");

        var failure = refusal(Duration.ofSeconds(2), nowhere);

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure).hasMessageContaining("no-such-host.invalid");
    }

    @Test
    void aWrongPasswordIsSaidAtOnceAndNotShown() {
        var began = System.nanoTime();

        var failure = refusal(
                Duration.ofSeconds(20),
                as(broker.uri().user(), "wr0ng-one", broker.uri().virtualHost()));

        assertThat(failure.kind()).isEqualTo(Kind.AUTHENTICATION);
        assertThat(failure).hasMessageContaining(broker.uri().user()).hasMessageNotContaining("wr0ng-one");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aVirtualHostThatDoesNotExistIsSaidAtOnce() {
        broker.assume(BrokerUnderTest.Ability.VIRTUAL_HOSTS);

        var failure = refusal(
                Duration.ofSeconds(20),
                as(broker.uri().user(), broker.uri().password().reveal(), "no-such-vhost"));

        assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(failure).hasMessageContaining("no-such-vhost");
    }

    @Test
    void whoAnswersInAnotherProtocolIsNoBroker() {
        var server = done(vertx.createNetServer()
                .connectHandler(socket -> socket.handler(ignored -> {
                    socket.write("HTTP/1.1 400 Bad Request\r\n\r\n");
                    socket.close();
                }))
                .listen(0, "127.0.0.1"));

        var failure = refusal(Duration.ofSeconds(20), at(server.actualPort()));

        assertThat(failure.kind()).isEqualTo(Kind.NOT_A_BROKER);
        assertThat(failure)
                .hasMessageContaining("127.0.0.1:" + server.actualPort())
                .hasMessageContaining("HTTP/1.1 400 Bad Request");
    }

    @Test
    void aWebServerThatWaitsForMoreIsAskedAfter() {
        var server = done(vertx.createHttpServer()
                .requestHandler(request -> request.response().end("hello"))
                .listen(0, "127.0.0.1"));

        var failure = refusal(Duration.ofSeconds(4), at(server.actualPort()));

        assertThat(failure)
                .hasMessageContaining("127.0.0.1:" + server.actualPort())
                .hasMessageContaining("is it a broker");
    }

    @Test
    void aServerThatSaysNothingIsUnreachable() {
        var server = done(vertx.createNetServer().connectHandler(socket -> {}).listen(0, "127.0.0.1"));

        var failure = refusal(SHORT, at(server.actualPort()));

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void aServerThatHangsUpIsUnreachable() {
        var server = done(vertx.createNetServer()
                .connectHandler(socket -> socket.handler(ignored -> socket.close()))
                .listen(0, "127.0.0.1"));

        var failure = refusal(SHORT, at(server.actualPort()));

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure).hasMessageContaining("127.0.0.1:" + server.actualPort());
    }

    @Test
    void triesTheHostsInTurn() {
        var client = client(config(at(FreePort.next()), broker.uri())).connect();
        var inbox = Inbox.accepting();
        client.subscribe(exchange, fleeting(), 10, inbox, "#");

        client.publish(client.publisher(exchange), message("k", "x"));

        assertThat(inbox.takeText()).isEqualTo("x");
    }

    @Test
    void aBrokerThatComesUpWithinThePatienceIsFound() {
        try (var proxy = new CuttableProxy(broker.uri().host(), broker.uri().port())) {
            proxy.breakDown();
            var client = client(config(at(proxy.port())));

            var connecting = client.later(client.connection::connect);
            eventually(
                    () -> assertThat(client.get(client.connection::state)).isInstanceOf(ConnectionState.Waiting.class));
            proxy.repair();

            done(connecting);
        }
    }

    @Test
    void whenTheChannelsAreUsedUpItSaysSoAndTheRestGoesOn() {
        broker.limitChannels(4);
        try {
            var client = connected();
            var publisher = client.publisher(exchange);
            var opened = new ArrayList<Publisher>();

            // A broker whose limit the test cannot set has 2,047 channels, each of which declares its exchange.
            var failure = Await.failure(client.later(() -> openUntilItFails(client, opened)), 120);

            assertThat(failure.kind()).isEqualTo(Kind.LIMIT);
            assertThat(failure).hasMessageContaining("channel");
            assertThat(client.publish(publisher, message("k", "x"))).isInstanceOf(PublishOutcome.Confirmed.class);
            client.on(() -> opened.get(0).close());
            client.publisher(exchange);
        } finally {
            broker.unlimitChannels();
        }
    }

    /** Opens many publishers at a time, as one after another would take a minute. */
    private Future<Void> openUntilItFails(Client client, List<Publisher> opened) {
        var spec = new PublisherSpec("test", List.of(Topology.of(exchange)));
        return Future.join(IntStream.range(0, 64)
                        .mapToObj(i -> client.connection.publisher(spec).onSuccess(opened::add))
                        .toList())
                .compose(all -> openUntilItFails(client, opened));
    }

    @Test
    void everythingHappensOnTheConnectionsOwnEventLoop() {
        var client = client(config(broker.uri()));
        Set<Object> seen = ConcurrentHashMap.newKeySet();
        Runnable note = () -> seen.add(
                Vertx.currentContext() instanceof ContextInternal context
                                && context.inThread()
                                && context.nettyEventLoop() == client.loop.nettyEventLoop()
                        ? "own event loop"
                        : Thread.currentThread().getName());

        client.on(() -> client.connection.connect().onComplete(ignored -> note.run()));
        var subscription = client.on(() -> client.connection
                .subscribe(Client.spec(exchange, fleeting(), 10, "#"), delivery -> {
                    note.run();
                    delivery.settle(Settlement.ACCEPTED);
                })
                .onComplete(ignored -> note.run()));
        client.run(() -> subscription.onStateChange(ignored -> note.run()));
        var publisher = client.on(() -> client.connection
                .publisher(new PublisherSpec("test", java.util.List.of(Topology.of(exchange))))
                .onComplete(ignored -> note.run()));
        client.on(() -> {
            var outcome = io.vertx.core.Promise.<Void>promise();
            publisher.publish(message("k", "x"), true, ignored -> {
                note.run();
                outcome.complete();
            });
            return outcome.future();
        });
        client.on(() -> client.connection.deleteQueueIfUnused("none").onComplete(ignored -> note.run()));
        client.on(() -> subscription.close().onComplete(ignored -> note.run()));
        client.on(() -> client.connection.close().onComplete(ignored -> note.run()));

        assertThat(seen).containsExactly("own event loop");
    }

    @Test
    void addsNoThreadsToThoseOfVertx() {
        admin.declareQueue(queueName);
        var before = threads();

        for (var i = 0; i < 3; i++) {
            var client = connected();
            client.subscribe(exchange, fleeting(), 10, Inbox.accepting(), "#");
            client.publish(client.publisher(exchange), message("k", "x"));
        }

        // Netty's global one tells for a second of the sockets that tests before have closed.
        assertThat(threads())
                .allMatch(name ->
                        before.contains(name) || name.startsWith("vert.x-") || name.startsWith("globalEventExecutor-"));
    }

    private Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> !BrokerThreads.include(name))
                .collect(Collectors.toSet());
    }
}
