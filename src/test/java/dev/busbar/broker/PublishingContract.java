package dev.busbar.broker;

import static dev.busbar.testing.broker.Await.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.testing.broker.Await;
import dev.busbar.testing.broker.BrokerUnderTest;
import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the outcomes of publishing, and what can be published. */
public abstract class PublishingContract extends BrokerContract {

    protected PublishingContract(BrokerUnderTest broker) {
        super(broker);
    }

    @Test
    void withoutMandatoryAMessageThatNoQueueTakesIsConfirmed() {
        var client = connected();
        var publisher = client.publisher(exchange);

        assertThat(client.publish(publisher, message("nobody", "x"))).isInstanceOf(PublishOutcome.Confirmed.class);
    }

    @Test
    void withMandatoryItIsUnroutable() {
        broker.assume(BrokerUnderTest.Ability.RETURNING);
        var client = connected();
        var publisher = client.publisher(exchange);
        client.subscribe(exchange, fleeting(), 10, Inbox.accepting(), "somebody");

        assertThat(client.publish(publisher, message("somebody", "x"), true))
                .isInstanceOf(PublishOutcome.Confirmed.class);
        assertThat(client.publish(publisher, message("nobody", "x"), true))
                .isInstanceOfSatisfying(
                        PublishOutcome.Unroutable.class,
                        unroutable -> assertThat(unroutable.reason())
                                .contains("nobody")
                                .contains(exchangeName));
        assertThat(client.publish(publisher, message("somebody", "x"), true))
                .isInstanceOf(PublishOutcome.Confirmed.class);
    }

    @Test
    void aReturnIsOfTheMessageReturnedThoughOthersHaveItsId() {
        broker.assume(BrokerUnderTest.Ability.RETURNING);
        var client = connected();
        var publisher = client.publisher(exchange);
        client.subscribe(exchange, fleeting(), 10, Inbox.accepting(), "somebody");
        var routable = message("somebody", "x");
        var unroutable = new BridgeMessage(exchangeName, "nobody", routable.properties(), routable.body());

        var outcomes = List.of(
                client.publishLater(publisher, routable, true),
                client.publishLater(publisher, unroutable, false),
                client.publishLater(publisher, unroutable, true),
                client.publishLater(publisher, routable, true),
                client.publishLater(publisher, unroutable, true));

        assertThat(outcomes.stream().map(Await::done).map(Object::getClass).map(Class::getSimpleName))
                .containsExactly("Confirmed", "Confirmed", "Unroutable", "Confirmed", "Unroutable");
    }

    @Test
    void aMessageWithoutAnIdCanBeReturned() {
        broker.assume(BrokerUnderTest.Ability.RETURNING);
        var client = connected();
        var publisher = client.publisher(exchange);
        var bare = MessageProperties.builder().build();

        var outcome = client.publish(publisher, new BridgeMessage(exchangeName, "x", bare, Buffer.buffer()), true);

        assertThat(outcome).isInstanceOf(PublishOutcome.Unroutable.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 131_064, 131_065, BrokerUnderTest.LARGE})
    void carriesABodyOfAnyLength(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        var client = connected();
        var inbox = Inbox.accepting();
        client.subscribe(exchange, fleeting(), 10, inbox, "#");

        var outcome = client.publish(client.publisher(exchange), message("k", Buffer.buffer(bytes), Map.of()), true);

        assertThat(outcome).isInstanceOf(PublishOutcome.Confirmed.class);
        assertThat(inbox.take().message().body().getBytes()).isEqualTo(bytes);
    }

    private static final Map<String, Object> UNENCODABLE =
            Map.of("integer", BigInteger.ONE.shiftLeft(64), "unknown", new StringBuilder("no such type"));

    private static final Map<String, Object> UNENCODABLE_IN_091 = Map.of(
            "k".repeat(256),
            "value",
            "nested",
            Map.of("k".repeat(256), "value"),
            "huge",
            new BigDecimal(BigInteger.ONE.shiftLeft(64)),
            "scale",
            new BigDecimal(BigInteger.ONE, 300),
            "negative scale",
            new BigDecimal(BigInteger.ONE, -3),
            "long",
            "x".repeat(3 << 20));

    private static final Map<String, Object> UNENCODABLE_IN_10 = Map.of(
            "map", Map.of("no", "extension"),
            "list", List.of(1),
            "x-umlaut-\u00fc", List.of(1),
            "x-inner", Map.of("integer", BigInteger.ONE.shiftLeft(64)),
            "digits", new BigDecimal(BigInteger.TEN.pow(34).add(BigInteger.ONE)),
            "scale", new BigDecimal(BigInteger.ONE, 6_200),
            "far", Instant.MAX);

    @TestFactory
    Stream<DynamicTest> whatCannotBeWrittenIsRefusedAndDisturbsNothing() {
        var ofProtocol = broker.uri().isAmqp10() ? UNENCODABLE_IN_10 : UNENCODABLE_IN_091;
        return Stream.of(UNENCODABLE, ofProtocol)
                .flatMap(headers -> headers.entrySet().stream())
                .map(header -> dynamicTest(
                        "header " + (header.getKey().length() < 100 ? header.getKey() : "with a long name"),
                        () -> isRefusedAndDisturbsNothing(Map.of(header.getKey(), header.getValue()))));
    }

    private void isRefusedAndDisturbsNothing(Map<String, Object> headers) {
        var client = connected();
        var publisher = client.publisher(exchange);
        var inbox = Inbox.accepting();
        client.subscribe(exchange, fleeting(), 10, inbox, "#");

        var before = client.publishLater(publisher, message("k", "before"), false);
        var refused = client.publishLater(publisher, message("k", Buffer.buffer("no"), headers), false);
        var after = client.publishLater(publisher, message("k", "after"), false);

        assertThat(done(refused))
                .isInstanceOfSatisfying(
                        PublishOutcome.Refused.class,
                        outcome -> assertThat(outcome.unwritable()).isTrue());
        assertThat(done(before)).isInstanceOf(PublishOutcome.Confirmed.class);
        assertThat(done(after)).isInstanceOf(PublishOutcome.Confirmed.class);
        assertThat(inbox.takeTexts(2)).containsExactly("before", "after");
    }

    @Test
    void aRoutingKeyThatIsTooLongIsRefused() {
        var client = connected();
        var publisher = client.publisher(exchange);

        assertThat(client.publish(publisher, message("k".repeat(256), "x"))).isInstanceOf(PublishOutcome.Refused.class);
        assertThat(client.publish(publisher, message("k".repeat(255), "x")))
                .isInstanceOf(PublishOutcome.Confirmed.class);
    }

    @Test
    void whatAFullQueueRejectsIsRefused() {
        broker.assume(BrokerUnderTest.Ability.X_ARGUMENTS);
        var client = connected();
        var full = new QueueConfig(
                queueName,
                QueueLife.PERSISTENT,
                QueueType.CLASSIC,
                Map.of("x-max-length", 1, "x-overflow", "reject-publish"));
        var subscription = client.subscribe(exchange, full, 1, Inbox.keeping(), "#");
        client.on(subscription::close);
        var publisher = client.publisher(exchange);

        var outcomes = Stream.of("a", "b", "c")
                .map(text -> client.publish(publisher, message("k", text)))
                .toList();

        assertThat(outcomes.get(0)).isInstanceOf(PublishOutcome.Confirmed.class);
        assertThat(outcomes.get(2)).isInstanceOf(PublishOutcome.Refused.class);
    }

    @Test
    void closeGivesBackWhatIsUnconfirmedAndIsIdempotent() {
        var client = connected();
        var publisher = client.publisher(exchange);

        var outcomes = client.on(() -> {
            var promises = Collections.nCopies(100, 0).stream()
                    .map(ignored -> {
                        var promise = io.vertx.core.Promise.<PublishOutcome>promise();
                        publisher.publish(message("k", "x"), false, promise::complete);
                        return promise.future();
                    })
                    .toList();
            return publisher.close().compose(ignored -> io.vertx.core.Future.all(promises));
        });

        assertThat(outcomes.<PublishOutcome>list())
                .allSatisfy(outcome ->
                        assertThat(outcome).isInstanceOfAny(PublishOutcome.Lost.class, PublishOutcome.Confirmed.class));
        client.on(publisher::close);
        assertThat(client.get(publisher::ready)).isFalse();
        assertThat(client.publish(publisher, message("k", "late"))).isInstanceOf(PublishOutcome.Lost.class);
    }

    @Test
    void aSenderThatThrowsKeepsNoOtherFromItsOutcome() {
        var client = connected();
        var publisher = client.publisher(exchange);
        var last = io.vertx.core.Promise.<PublishOutcome>promise();

        client.run(() -> {
            for (var i = 0; i < 20; i++) {
                publisher.publish(message("k", "x"), false, outcome -> {
                    throw new IllegalStateException("on purpose");
                });
            }
            publisher.publish(message("k", "x"), false, last::complete);
        });

        assertThat(done(last.future())).isInstanceOf(PublishOutcome.Confirmed.class);
    }

    @Test
    void isReadyAndHasNoObstacleWhileItCanSend() {
        var client = connected();
        var publisher = client.publisher(exchange);

        assertThat(client.get(publisher::ready)).isTrue();
        assertThat(client.get(publisher::obstacle)).isNull();
        assertThat(client.get(client.connection::blocked)).isNull();
    }

    @Test
    void tellsWhenTheBrokerBlocksPublishersAndWhenItTakesThemAgain() {
        var client = connected();
        var publisher = client.publisher(exchange);
        var ready = new java.util.concurrent.Semaphore(0);
        client.run(() -> publisher.onReady(ready::release));
        broker.blockPublishers();
        try {
            // The broker tells a connection that it is blocked once it publishes.
            var held = client.publishLater(publisher, message("k", "x"), false);
            Await.eventually(
                    () -> assertThat(client.get(client.connection::blocked)).isNotBlank());
            assertThat(client.get(publisher::ready)).isFalse();
            assertThat(client.get(publisher::obstacle)).contains(client.get(client.connection::blocked));
            assertThat(held.isComplete()).isFalse();

            ready.drainPermits();
            broker.unblockPublishers();

            assertThat(done(held)).isInstanceOf(PublishOutcome.Confirmed.class);
            Await.eventually(() -> assertThat(ready.availablePermits()).isPositive());
            assertThat(client.get(client.connection::blocked)).isNull();
            assertThat(client.get(publisher::ready)).isTrue();
        } finally {
            broker.unblockPublishers();
        }
    }
}
