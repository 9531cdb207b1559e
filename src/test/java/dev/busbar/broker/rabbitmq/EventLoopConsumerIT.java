package dev.busbar.broker.rabbitmq;

import static dev.busbar.testing.broker.Await.done;
import static dev.busbar.testing.broker.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import io.vertx.rabbitmq.QueueOptions;
import io.vertx.rabbitmq.RabbitMQConsumer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests consumers: back-pressure that loses nothing, acknowledgement, and their end. */
class EventLoopConsumerIT extends ClientFixture {

    private static final int MANY = 20_000;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void pausedAndFetchedItLosesNothing(boolean autoAck) {
        declareQueue();
        publishNumbers(MANY);
        var texts = new ArrayList<String>();
        var all = Promise.<Void>promise();
        var consumer = done(client.basicConsumer(
                queue, new QueueOptions().setAutoAck(autoAck).setMaxInternalQueueSize(10)));
        consumer.handler(message -> {
            texts.add(message.body().toString());
            if (!autoAck) {
                client.basicAck(message.envelope().getDeliveryTag(), false);
            }
            if (texts.size() == MANY) {
                all.complete();
            } else if (texts.size() % 100 == 0) {
                consumer.pause();
                vertx.runOnContext(ignored -> consumer.fetch(texts.size() % 300 == 0 ? 50 : 100));
            } else if (texts.size() % 50 == 0) {
                vertx.runOnContext(ignored -> consumer.resume());
            }
        });

        done(all.future());
        assertThat(texts).isEqualTo(numbers(MANY));
        assertThat(consumer.isPaused()).isFalse();
        eventually(() -> assertThat(done(client.messageCount(queue))).isZero());
    }

    @Test
    @Differs("a paused consumer")
    void aPausedConsumerBoundsWhatTheBrokerSends() {
        declareQueue();
        var consumer = done(
                client.basicConsumer(queue, new QueueOptions().setAutoAck(true).setMaxInternalQueueSize(10)));
        var texts = new CopyOnWriteArrayList<String>();
        consumer.pause();
        consumer.handler(message -> texts.add(message.body().toString()));
        publishNumbers(100);

        eventually(() -> assertThat(done(client.messageCount(queue))).isEqualTo(90));
        assertThat(texts).isEmpty();
        consumer.fetch(5);
        eventually(() -> assertThat(texts).hasSize(5));
        eventually(() -> assertThat(done(client.messageCount(queue))).isEqualTo(85));
        consumer.resume();
        eventually(() -> assertThat(texts).isEqualTo(numbers(100)));
    }

    /**
     * Sends more deliveries than the Java client's queue of a channel takes, which is a thousand: a full queue blocks.
     */
    @Test
    void aFloodWithoutPrefetchHoldsUpNobody() {
        declareQueue();
        publishNumbers(20_000);
        var seen = new AtomicInteger();
        done(client.basicConsumer(queue, new QueueOptions().setAutoAck(true)))
                .handler(message -> seen.incrementAndGet());

        eventually(() -> assertThat(seen).hasValue(20_000));
    }

    @Test
    @Differs("autoAck")
    void autoAckAcknowledgesWhatTheHandlerHasSeenAndNothingElse() throws InterruptedException {
        declareQueue();
        publish("a", "b", "c");
        var received = consume(acking());
        for (var i = 0; i < 3; i++) {
            received.take();
        }

        done(received.consumer.cancel());
        done(client.stop());

        var direct = direct();
        assertThat(done(direct.messageCount(queue))).isZero();
        done(direct.stop());
        done(client.start());
    }

    @Test
    void whatWaitsInAPausedConsumerComesAgainAfterACut() {
        declareQueue();
        var consumer = done(
                client.basicConsumer(queue, new QueueOptions().setAutoAck(true).setMaxInternalQueueSize(10)));
        var texts = new CopyOnWriteArrayList<String>();
        consumer.pause();
        consumer.handler(message -> texts.add(message.body().toString()));
        publishNumbers(5);
        eventually(() -> assertThat(done(client.messageCount(queue))).isZero());

        proxy.cut();
        consumer.resume();

        eventually(() -> assertThat(texts).containsAll(numbers(5)));
    }

    @Test
    void endsWhenItsQueueIsDeleted() {
        declareQueue();
        var cancelled = new CopyOnWriteArrayList<RabbitMQConsumer>();
        var ends = new CopyOnWriteArrayList<String>();
        client.cancellationHandler(cancelled::add);
        var consumer = done(client.basicConsumer(queue, acking()));
        consumer.handler(message -> {});
        consumer.endHandler(ignored -> ends.add("end"));
        consumer.exceptionHandler(failure -> ends.add(failure.getMessage()));

        done(client.queueDelete(queue));

        eventually(() -> assertThat(cancelled).isEqualTo(List.of(consumer)));
        assertThat(ends).hasSize(2).last().isEqualTo("end");
        assertThat(ends.get(0)).contains(queue);
        assertThat(consumer.isCancelled()).isTrue();
        assertThat(client.isOpenChannel()).isTrue();
    }

    @Test
    void cancelledItEndsAndStaysAwayAfterACut() throws InterruptedException {
        declareQueue();
        var ends = new CopyOnWriteArrayList<String>();
        var received = consume(acking());
        received.consumer.endHandler(ignored -> ends.add("end"));
        assertThat(received.consumer.consumerTag()).isNotEmpty();
        assertThat(received.consumer.queueName()).isEqualTo(queue);

        done(received.consumer.cancel());
        done(received.consumer.cancel());
        proxy.cut();
        eventually(() -> assertThat(client.isOpenChannel()).isTrue());
        eventually(() -> done(client.queueDeclareAuto()));

        assertThat(ends).containsExactly("end");
        assertThat(done(client.queueDeclare(queue, true, false, false)).getConsumerCount())
                .isZero();
    }

    @Test
    void aHandlerThatThrowsStopsNothing() throws InterruptedException {
        declareQueue();
        var failures = new CopyOnWriteArrayList<Throwable>();
        var texts = new CopyOnWriteArrayList<String>();
        var consumer = done(client.basicConsumer(queue, acking()));
        consumer.exceptionHandler(failures::add);
        consumer.handler(message -> {
            texts.add(message.body().toString());
            if (texts.size() == 1) {
                throw new IllegalStateException("on purpose");
            }
        });

        publish("a", "b");

        eventually(() -> assertThat(texts).containsExactly("a", "b"));
        assertThat(failures).extracting(Throwable::getMessage).containsExactly("on purpose");
    }

    @Test
    void endsWhenTheClientStops() {
        declareQueue();
        var ends = new CopyOnWriteArrayList<String>();
        var received = consume(acking());
        received.consumer.endHandler(ignored -> ends.add("end"));

        done(client.stop());

        assertThat(ends).containsExactly("end");
    }
}
