package dev.busbar.broker.rabbitmq;

import static dev.busbar.testing.broker.Await.done;
import static dev.busbar.testing.broker.Await.eventually;
import static dev.busbar.testing.broker.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.testing.FreePort;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.rabbitmq.RabbitMQPublisher;
import io.vertx.rabbitmq.RabbitMQPublisherOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests what users of vertx-rabbitmq-client take for granted. */
class DropInIT extends ClientFixture {

    private static final int MANY = 5_000;

    private RabbitMQPublisher publisher() {
        var publisher = client.publisher(new RabbitMQPublisherOptions().setMaxInternalQueueSize(MANY));
        done(publisher.start());
        return publisher;
    }

    private Future<Long> send(RabbitMQPublisher publisher, String body) {
        return publisher.publishConfirm("", queue, null, Buffer.buffer(body));
    }

    @Test
    void aPublisherThatIsStoppedSendsWhatItHasTakenAndTakesNoMore() {
        declareQueue();
        var publisher = publisher();
        var sent =
                IntStream.range(0, MANY).mapToObj(i -> send(publisher, "" + i)).toList();

        done(publisher.stop());

        assertThat(sent).allMatch(Future::succeeded);
        assertThat(done(client.messageCount(queue))).isEqualTo(MANY);
        assertThat(failure(send(publisher, "late")).kind()).isEqualTo(Kind.REFUSED);
        done(publisher.start());
        done(send(publisher, "again"));
    }

    @Test
    void aPublisherThatIsStoppedWithoutABrokerWaitsForItOrForTheEndOfTheClient() {
        declareQueue();
        var publisher = publisher();
        proxy.breakDown();
        eventually(() -> assertThat(client.isConnected()).isFalse());
        var sent = send(publisher, "a");
        var stopped = publisher.stop();

        proxy.repair();
        done(stopped);
        assertThat(sent.succeeded()).isTrue();

        done(publisher.start());
        proxy.breakDown();
        eventually(() -> assertThat(client.isConnected()).isFalse());
        var lost = send(publisher, "b");
        var stoppedInVain = publisher.stop();
        done(client.stop());
        done(stoppedInVain);
        assertThat(failure(lost)).hasMessageContaining("the client has been stopped");
    }

    @Test
    void aPublisherThatIsStartedWhileItStopsGoesOnOnceItHas() {
        declareQueue();
        var publisher = publisher();
        proxy.breakDown();
        eventually(() -> assertThat(client.isConnected()).isFalse());
        var sent = send(publisher, "a");
        var stopped = publisher.stop();
        var started = publisher.start();

        proxy.repair();

        done(stopped);
        done(started);
        assertThat(sent.succeeded()).isTrue();
        done(send(publisher, "b"));
    }

    @Test
    @Differs("a command the broker refuses")
    void whatFollowsARefusedCommandWaitsForTheChannel() {
        declareQueue();
        done(client.confirmSelect());

        var refused = client.queueBind(queue, "no-such-exchange", "k");
        refused.onComplete(ignored -> {});
        assertThat(failure(refused).kind()).isEqualTo(Kind.NOT_FOUND);
        var published = client.basicPublish("", queue, Buffer.buffer("x"));
        var declared = client.queueDeclare(queue, true, false, false);
        var consumed = client.basicConsumer(queue, holding());

        done(published);
        assertThat(done(declared).getQueue()).isEqualTo(queue);
        var received = new Received(done(consumed));
        eventually(() -> assertThat(received.messages).hasSize(1));
        assertThat(done(client.queueDeclare(queue, true, false, false)).getConsumerCount())
                .as("begun once")
                .isEqualTo(1);
    }

    @Test
    void whatWaitsForAChannelFailsWithTheConnection() {
        declareQueue();
        for (var round = 0; round < 5; round++) {
            var refused = client.queueBind(queue, "no-such-exchange", "k");
            failure(refused);
            var waiting = client.queueDeclare(queue, true, false, false);
            proxy.breakDown();

            eventually(() -> assertThat(waiting.isComplete()).isTrue());

            proxy.repair();
            eventually(() -> assertThat(client.isOpenChannel()).isTrue());
        }
    }

    @Test
    void withoutRecoveryOnTheInitialConnectionOneAttemptIsAll() {
        var options = options(FreePort.next());
        options.setAutomaticRecoveryOnInitialConnection(false);
        var impatient = EventLoopRabbitMQClient.create(vertx, options);

        assertThat(failure(impatient.start()).kind()).isEqualTo(Kind.UNREACHABLE);

        var recovering = options(proxy.port());
        recovering.setAutomaticRecoveryOnInitialConnection(false);
        var connected = EventLoopRabbitMQClient.create(vertx, recovering);
        done(connected.start());
        proxy.breakDown();
        eventually(() -> assertThat(connected.isConnected()).isFalse());
        proxy.repair();
        eventually(() -> assertThat(connected.isOpenChannel()).isTrue());
        done(connected.stop());
    }

    @Test
    @Differs("failures")
    void whatIsMissingFailsTheFutureWhicheverThreadCalls() {
        declareQueue();
        var publisher = publisher();
        var none = (Buffer) null;
        var some = Buffer.buffer("x");
        var properties = new AMQP.BasicProperties();
        List<Supplier<Future<?>>> calls = List.of(
                () -> client.basicPublish(null, queue, some),
                () -> client.basicPublish("", null, some),
                () -> client.basicPublish("", queue, none),
                () -> client.basicPublish(null, null, true, null, none),
                () -> client.basicPublishWithDeliveryTag("", null, properties, some, tag -> {}),
                () -> publisher.publish(null, queue, properties, some),
                () -> publisher.publishConfirm("", null, properties, some),
                () -> publisher.publishConfirm("", queue, properties, none),
                () -> client.basicConsumer(null, holding()),
                () -> client.basicConsumer(queue, null),
                () -> client.basicGet(null, true),
                () -> client.exchangeDeclare(null, "topic", false, false),
                () -> client.exchangeDeclare(queue, null, false, false),
                () -> client.exchangeDeclare(queue, "topic", false, false, (JsonObject) null),
                () -> client.exchangeDelete(null),
                () -> client.exchangeBind(null, queue, "k"),
                () -> client.exchangeUnbind(null, queue, "k"),
                () -> client.queueDeclare(queue, true, false, false, (JsonObject) null),
                () -> client.queueDelete(null),
                () -> client.queueDeleteIf(null, true, true),
                () -> client.queueBind(queue, null, "k"),
                () -> client.queueUnbind(queue, null, "k"),
                () -> client.messageCount(null));
        for (var call : calls) {
            assertThatThrownBy(() -> done(call.get())).isNotNull();
            var onLoop = client.futureOnLoop(() -> call.get().otherwiseEmpty());
            eventually(() -> assertThat(onLoop.isComplete()).isTrue());
            eventually(() -> assertThat(client.isOpenChannel()).isTrue());
        }
        assertThatThrownBy(() -> done(client.basicPublish(null, queue, some))).hasMessageContaining("exchange is null");
        client.returnHandler(null).writabilityHandler(null).cancellationHandler(null);
        done(client.basicPublish("", "no-such-queue", true, properties, some));
        done(client.queueDeclare(queue, true, false, false));
    }

    @Test
    void noPropertiesAreEmptyOnes() {
        declareQueue();
        var publisher = publisher();

        done(client.basicPublish("", queue, null, Buffer.buffer("a")));
        done(publisher.publish("", queue, null, Buffer.buffer("b")));
        done(publisher.stop());

        assertThat(done(client.basicGet(queue, true)).body()).hasToString("a");
        assertThat(done(client.basicGet(queue, true)).body()).hasToString("b");
    }

    @Test
    void waitingForConfirmsThatNobodyHasAskedForFails() {
        assertThatThrownBy(() -> done(client.waitForConfirms())).hasMessageContaining("confirmSelect()");
        assertThatThrownBy(() -> done(client.waitForConfirms(1_000))).hasMessageContaining("confirmSelect()");
    }

    @Test
    @Differs("cancel() of a consumer")
    void cancelledInItsHandlerAConsumerHandsNothingMoreOverAndTheRestIsInTheQueue() throws Exception {
        declareQueue();
        publishNumbers(20);
        var handed = new CopyOnWriteArrayList<String>();
        var ends = new CopyOnWriteArrayList<String>();
        var consumer = done(client.basicConsumer(queue, acking()));
        consumer.endHandler(ignored -> ends.add("end"));
        consumer.handler(message -> {
            handed.add(message.body().toString());
            if (handed.size() == 6) {
                consumer.cancel();
            }
        });

        eventually(() -> assertThat(ends).containsExactly("end"));
        assertThat(handed).isEqualTo(numbers(6));
        eventually(() -> assertThat(done(client.messageCount(queue))).isEqualTo(14));
        var next = consume(acking());
        for (var n = 6; n < 20; n++) {
            assertThat(next.takeText()).isEqualTo("" + n);
        }
        assertThat(handed).hasSize(6);
    }

    @Test
    void cancelledWhilePausedItGivesBackWhatWaits() {
        declareQueue();
        publishNumbers(20);
        var consumer = done(client.basicConsumer(queue, holding()));
        consumer.pause();
        consumer.handler(message -> {});
        eventually(() -> assertThat(done(client.messageCount(queue))).isZero());

        done(consumer.cancel());

        eventually(() -> assertThat(done(client.messageCount(queue))).isEqualTo(20));
    }
}
