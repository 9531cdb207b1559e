package dev.busbar.broker.rabbitmq;

import static dev.busbar.testing.broker.Await.done;
import static dev.busbar.testing.broker.Await.eventually;
import static dev.busbar.testing.broker.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.testing.FreePort;
import dev.busbar.testing.RabbitRelease;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.rabbitmq.RabbitMQConfirmation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tests the commands of {@code RabbitMQClient}, and the life of channel and connection. */
class EventLoopRabbitMQClientIT extends ClientFixture {

    private String text(String from) {
        var message = done(client.basicGet(from, true));
        return message == null ? null : message.body().toString();
    }

    @Test
    void declaresBindsCountsGetsAndDeletes() {
        var exchange = queue + "-x";
        done(client.exchangeDeclare(exchange, "topic", false, false));
        var declared = done(client.queueDeclare(
                queue,
                true,
                false,
                false,
                new JsonObject().put("x-max-length", 2).put("x-message-ttl", 600_000L)));
        assertThat(declared.getQueue()).isEqualTo(queue);
        done(client.queueBind(queue, exchange, "a.*"));
        done(client.queueBind(queue, exchange, "args", Map.of("k", "v")));

        done(client.basicPublish(exchange, "a.1", Buffer.buffer("one")));
        done(client.basicPublish(exchange, "b.1", Buffer.buffer("not this")));
        done(client.basicPublish(exchange, "args", Buffer.buffer("two")));

        eventually(() -> assertThat(done(client.messageCount(queue))).isEqualTo(2));
        var got = done(client.basicGet(queue, true));
        assertThat(got.body()).hasToString("one");
        assertThat(got.messageCount()).isEqualTo(1);
        assertThat(got.envelope().getRoutingKey()).isEqualTo("a.1");
        assertThat(text(queue)).isEqualTo("two");
        assertThat(text(queue)).isNull();

        done(client.queueUnbind(queue, exchange, "a.*"));
        done(client.queueUnbind(queue, exchange, "args", Map.of("k", "v")));
        done(client.exchangeDelete(exchange));
        done(client.queueDelete(queue));
        assertThat(failure(client.messageCount(queue)).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void bindsExchangesToEachOther() {
        declareQueue();
        done(client.exchangeDeclare(queue + "-1", "topic", false, false, new JsonObject()));
        done(client.exchangeDeclare(queue + "-2", "fanout", false, false));
        done(client.exchangeBind(queue + "-2", queue + "-1", "k"));
        done(client.queueBind(queue, queue + "-2", ""));

        done(client.basicPublish(queue + "-1", "k", Buffer.buffer("through")));
        eventually(() -> assertThat(done(client.messageCount(queue))).isEqualTo(1));

        done(client.exchangeUnbind(queue + "-2", queue + "-1", "k"));
        done(client.exchangeDelete(queue + "-1"));
        done(client.exchangeDelete(queue + "-2"));
        assertThat(text(queue)).isEqualTo("through");
    }

    @Test
    void declaresAQueueNamedByTheBroker() {
        var declared = done(client.queueDeclareAuto());

        assertThat(declared.getString("queue")).startsWith("amq.gen-");
        assertThat(declared.getInteger("messageCount")).isZero();
        assertThat(declared.getInteger("consumerCount")).isZero();
    }

    @Test
    void deletesConditionally() {
        declareQueue();
        publish("x");
        eventually(() -> assertThat(done(client.messageCount(queue))).isEqualTo(1));

        assertThat(failure(client.queueDeleteIf(queue, true, true)).kind()).isEqualTo(Kind.MISMATCH);
        eventually(() -> assertThat(client.isOpenChannel()).isTrue());

        assertThat(done(client.queueDeleteIf(queue, true, false)).getMessageCount())
                .isEqualTo(1);
    }

    @Test
    void publishesWithDeliveryTagsAndConfirms() throws InterruptedException {
        declareQueue();
        var confirmations = new LinkedBlockingQueue<RabbitMQConfirmation>();
        done(client.addConfirmListener(100)).handler(confirmations::add);
        var tags = new ArrayList<Long>();

        for (var i = 0; i < 3; i++) {
            done(client.basicPublishWithDeliveryTag(
                    "",
                    queue,
                    new AMQP.BasicProperties.Builder().messageId("id-" + i).build(),
                    Buffer.buffer("x"),
                    tags::add));
        }
        done(client.waitForConfirms());
        done(client.waitForConfirms(1_000));

        assertThat(tags).containsExactly(1L, 2L, 3L);
        var confirmed = 0L;
        while (confirmed < 3) {
            var confirmation = confirmations.poll(5, TimeUnit.SECONDS);
            assertThat(confirmation).isNotNull();
            assertThat(confirmation.isSucceeded()).isTrue();
            confirmed = confirmation.getDeliveryTag();
        }
        assertThat(done(client.basicGet(queue, true)).properties().getMessageId())
                .isEqualTo("id-0");
    }

    @Test
    void waitingForConfirmsFailsForWhatIsRefused() {
        done(client.queueDeclare(
                queue,
                true,
                false,
                false,
                new JsonObject().put("x-max-length", 1).put("x-overflow", "reject-publish")));
        done(client.confirmSelect());
        publish("a", "b", "c", "d");

        assertThat(failure(client.waitForConfirms(5_000)).kind()).isEqualTo(Kind.REFUSED);
        done(client.waitForConfirms());
    }

    @Test
    void mandatoryMessagesComeBack() throws InterruptedException {
        var returned = new LinkedBlockingQueue<ReturnedMessage>();
        client.returnHandler(returned::add);

        done(client.basicPublish("", queue, true, new AMQP.BasicProperties(), Buffer.buffer("nobody's")));

        var message = returned.poll(10, TimeUnit.SECONDS);
        assertThat(message).isNotNull();
        assertThat(message.body()).hasToString("nobody's");
        assertThat(message.routingKey()).isEqualTo(queue);
        assertThat(message.replyCode()).isEqualTo(AMQP.NO_ROUTE);
    }

    @Test
    void aRefusedCommandFailsAloneAndTheChannelReturnsWithItsConsumers() throws InterruptedException {
        declareQueue();
        var other = client.channel();
        done(other.start());
        done(other.queueDeclare(queue + "-other", false, true, true));
        var received = consume(acking());

        assertThat(failure(client.queueBind(queue, "no-such-exchange", "k")).kind())
                .isEqualTo(Kind.NOT_FOUND);
        eventually(() -> assertThat(client.isOpenChannel()).isTrue());
        eventually(() -> assertThat(
                        done(client.queueDeclare(queue, true, false, false)).getConsumerCount())
                .isEqualTo(1));
        publish("x");

        assertThat(received.takeText()).isEqualTo("x");
        assertThat(done(other.queueDeclare(queue + "-other", false, true, true)).getQueue())
                .as("the exclusive queue, and so its connection, is still there")
                .isEqualTo(queue + "-other");
        assertThat(node.ctl("list_connections", "name").lines().count()).isEqualTo(1);
    }

    @Test
    void channelsShareOneConnectionWhichClosesWithTheLast() {
        var channels = List.of(client.channel(), client.channel());
        channels.forEach(channel -> done(channel.start()));

        assertThat(node.ctl("list_connections", "pid", "channels").strip()).endsWith("3");
        assertThat(node.ctl("list_channels", "pid").lines().count()).isEqualTo(3);

        done(client.stop());
        assertThat(channels.get(0).isConnected()).isTrue();
        channels.forEach(channel -> done(channel.stop()));
        assertThat(channels.get(0).isConnected()).isFalse();
        eventually(() -> assertThat(node.ctl("list_connections", "pid")).isBlank());
    }

    @Test
    void startsAgainAfterAStop() {
        done(client.stop());
        assertThat(client.isConnected()).isFalse();
        assertThat(client.isOpenChannel()).isFalse();
        assertThat(failure(client.queueDeclareAuto()).kind()).isEqualTo(Kind.UNREACHABLE);

        done(client.start());
        declareQueue();
        done(client.stop());
        done(client.restartConnect(0));

        assertThat(done(client.messageCount(queue))).isZero();
    }

    @Test
    void afterACutItConnectsAndTheCallbacksRedeclare() throws InterruptedException {
        var calls = new AtomicInteger();
        var named = client.channel();
        named.addConnectionEstablishedCallback(promise -> named.queueDeclare(queue, false, true, true)
                .<Void>mapEmpty()
                .onSuccess(ignored -> calls.incrementAndGet())
                .onComplete(promise));
        done(named.start());
        assertThat(calls).hasValue(1);
        var received = new Received(done(named.basicConsumer(queue, acking())));

        proxy.cut();
        eventually(() -> assertThat(calls.get()).isGreaterThan(1));
        eventually(() ->
                assertThat(client.isOpenChannel() && named.isOpenChannel()).isTrue());
        done(client.basicPublish("", queue, Buffer.buffer("x")));

        assertThat(received.takeText()).isEqualTo("x");
    }

    @Test
    void closedByTheBrokerItConnectsAgain() {
        node.closeAllConnections();

        eventually(() -> {
            assertThat(client.isOpenChannel()).isTrue();
            assertThat(node.ctl("list_connections", "state")).contains("running");
        });
        assertThat(done(client.queueDeclareAuto())).isNotNull();
    }

    @Test
    @Differs("delivery tags")
    void tagsAreUniqueOverAReconnectAndStaleOnesFailHarmlessly() throws InterruptedException {
        declareQueue();
        publish("a", "b");
        var received = consume(holding());
        var first = received.take().envelope().getDeliveryTag();
        var second = received.take().envelope().getDeliveryTag();

        proxy.cut();
        var again = received.take();

        assertThat(again.envelope().getDeliveryTag()).isGreaterThan(second);
        assertThat(again.envelope().isRedeliver()).isTrue();
        assertThat(failure(client.basicAck(first, false)).kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure(client.basicNack(second, true, false)).kind()).isEqualTo(Kind.UNREACHABLE);
        done(client.basicAck(again.envelope().getDeliveryTag(), false));
        done(client.basicNack(received.take().envelope().getDeliveryTag(), false, true));
        assertThat(received.takeText()).isEqualTo("b");
        assertThat(client.isOpenChannel()).isTrue();
    }

    @Test
    void qosBoundsWhatIsUnacknowledgedAlsoAfterACut() throws InterruptedException {
        declareQueue();
        done(client.basicQos(2));
        publish("a", "b", "c");
        var received = consume(holding());
        received.take();
        received.take();

        proxy.cut();
        var again = received.take();
        received.take();
        assertThat(received.messages).isEmpty();
        done(client.basicAck(again.envelope().getDeliveryTag(), false));

        assertThat(received.takeText()).isEqualTo("c");
    }

    /** Sets a global prefetch. From 4.3 on RabbitMQ answers it, and each consumer has the prefetch for itself. */
    @Test
    void aGlobalQosBoundsTheChannelBeforeRabbitMq43() throws InterruptedException {
        declareQueue();
        done(client.basicQos(0, 2, true));
        publish("a", "b", "c", "d", "e");
        var expected = node.release() == RabbitRelease.V4 ? 4 : 2;

        var one = consume(holding());
        var other = consume(holding());

        await().during(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(20))
                .until(() -> one.messages.size() + other.messages.size() == expected);
    }

    @Test
    void tellsWhenTheBrokerBlocks() {
        declareQueue();
        var writable = new CopyOnWriteArrayList<Boolean>();
        client.writabilityHandler(writable::add);
        node.blockPublishers();
        try {
            publish("x");
            eventually(() -> assertThat(client.blockedReason()).isNotBlank());
            assertThat(client.isWritable()).isFalse();
            assertThat(writable.get(writable.size() - 1)).isFalse();
        } finally {
            node.unblockPublishers();
        }
        eventually(() -> assertThat(writable.get(writable.size() - 1)).isTrue());
        assertThat(client.blockedReason()).isNull();
    }

    @Test
    void servesAWorkerVerticle() {
        declareQueue();
        var threads = new CopyOnWriteArrayList<String>();
        var received = Promise.<String>promise();
        done(vertx.deployVerticle(
                new AbstractVerticle() {
                    @Override
                    public void start(Promise<Void> started) {
                        var mine = EventLoopRabbitMQClient.create(vertx, options(node.port()));
                        mine.start()
                                .compose(ignored -> mine.basicConsumer(queue, acking()))
                                .onSuccess(consumer -> consumer.handler(message -> {
                                    threads.add(Thread.currentThread().getName());
                                    received.complete(message.body().toString());
                                    mine.stop();
                                }))
                                .compose(ignored -> mine.basicPublish("", queue, Buffer.buffer("x")))
                                .onComplete(started);
                    }
                },
                new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER)));

        assertThat(done(received.future())).isEqualTo("x");
        assertThat(threads).allMatch(name -> name.startsWith("vert.x-eventloop"));
    }

    @Test
    void keepsToTheEventLoopOfTheContextThatMadeIt() {
        Context context = vertx.getOrCreateContext();
        var made = Promise.<EventLoopRabbitMQClient>promise();
        context.runOnContext(ignored -> made.complete(EventLoopRabbitMQClient.create(vertx, options(node.port()))));
        var mine = done(made.future());
        var seen = new CopyOnWriteArrayList<Boolean>();

        done(mine.start().onComplete(ignored -> seen.add(Vertx.currentContext() == context)));
        done(mine.queueDeclareAuto().onComplete(ignored -> seen.add(Vertx.currentContext() == context)));
        done(mine.basicPublish("", queue, Buffer.buffer())
                .onComplete(ignored -> seen.add(Vertx.currentContext() == context)));
        done(mine.stop());

        assertThat(seen).containsExactly(true, true, true);
    }

    @Test
    @Differs("reconnecting")
    void givesUpAfterTheAttemptsAllowed() {
        // This port is given to nobody else, as the port of a proxy that is down might be.
        var options = options(FreePort.next());
        options.setReconnectAttempts(2);
        var impatient = EventLoopRabbitMQClient.create(vertx, options);

        assertThat(failure(impatient.start()).kind()).isEqualTo(Kind.UNREACHABLE);
    }
}
