package dev.busbar.broker.rabbitmq;

import static dev.busbar.testing.broker.Await.done;
import static dev.busbar.testing.broker.Await.eventually;
import static dev.busbar.testing.broker.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import dev.busbar.broker.BrokerException.Kind;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.rabbitmq.RabbitMQPublisher;
import io.vertx.rabbitmq.RabbitMQPublisherConfirmation;
import io.vertx.rabbitmq.RabbitMQPublisherOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests the publisher: confirms, order, sending again after a loss, bounds. */
class EventLoopPublisherIT extends ClientFixture {

    private static final int MANY = 20_000;

    private RabbitMQPublisher publisher(int bound) {
        var publisher = client.publisher(new RabbitMQPublisherOptions().setMaxInternalQueueSize(bound));
        done(publisher.start());
        return publisher;
    }

    private Future<Long> send(RabbitMQPublisher publisher, String body) {
        return publisher.publishConfirm("", queue, new AMQP.BasicProperties(), Buffer.buffer(body));
    }

    @Test
    @Differs("a publisher")
    void losesNothingThroughCutsAndKeepsTheOrder() throws InterruptedException {
        declareQueue();
        var direct = direct();
        var received = new Received(done(direct.basicConsumer(queue, acking())));
        var publisher = publisher(MANY);

        var confirmed =
                IntStream.range(0, MANY).mapToObj(i -> send(publisher, "" + i)).toList();
        var seen = new HashSet<String>();
        var firsts = new ArrayList<String>();
        var cuts = 0;
        while (seen.size() < MANY) {
            var message = received.take();
            var text = message.body().toString();
            assertThat(message.properties().getMessageId()).isNotEmpty();
            if (seen.add(text)) {
                firsts.add(text);
            }
            if (cuts < 3 && seen.size() > (cuts + 1) * 4_000) {
                cuts++;
                proxy.cut();
            }
        }

        assertThat(firsts).isEqualTo(numbers(MANY));
        done(Future.join(confirmed));
        assertThat(publisher.queueSize()).isZero();
        done(direct.stop());
    }

    @Test
    @Differs("a publisher")
    void aFullQueueFailsAtOnceAndTheRestIsSentWhenTheBrokerIsBack() {
        declareQueue();
        var publisher = publisher(3);
        proxy.breakDown();
        eventually(() -> assertThat(client.isConnected()).isFalse());

        var accepted =
                IntStream.range(0, 3).mapToObj(i -> send(publisher, "" + i)).toList();
        var refused = failure(send(publisher, "too many"));

        assertThat(refused.kind()).isEqualTo(Kind.LIMIT);
        assertThat(publisher.queueSize()).isEqualTo(3);
        assertThat(accepted).noneMatch(Future::isComplete);
        proxy.repair();
        accepted.forEach(dev.busbar.testing.broker.Await::done);
        assertThat(done(client.messageCount(queue))).isEqualTo(3);
    }

    @Test
    void confirmsByStreamToo() {
        declareQueue();
        var publisher = publisher(10);
        var confirmations = new CopyOnWriteArrayList<RabbitMQPublisherConfirmation>();
        publisher.getConfirmationStream().handler(confirmations::add);

        done(publisher.publish(
                "", queue, new AMQP.BasicProperties.Builder().messageId("mine").build(), Buffer.buffer("x")));

        eventually(() -> assertThat(confirmations).hasSize(1));
        assertThat(confirmations.get(0).getMessageId()).isEqualTo("mine");
        assertThat(confirmations.get(0).isSucceeded()).isTrue();
    }

    @Test
    void whatCannotBeWrittenFails() {
        var publisher = publisher(10);

        var failure =
                failure(publisher.publishConfirm("", "k".repeat(300), new AMQP.BasicProperties(), Buffer.buffer("x")));

        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
    }

    /** Publishes a header over which RabbitMQ ends the connection; this client does not look at headers. */
    @Test
    void aMessageOverWhichTheBrokerEndsTheConnectionFailsAloneWhicheverPublisherSendsIt() {
        declareQueue();
        var publisher = publisher(100);
        var other = publisher(100);
        var headers = Map.<String, Object>of("x", Double.NaN);

        var before =
                IntStream.range(0, 10).mapToObj(i -> send(publisher, "a" + i)).toList();
        var culprit = publisher.publishConfirm(
                "", queue, new AMQP.BasicProperties.Builder().headers(headers).build(), Buffer.buffer("no"));
        var after =
                IntStream.range(0, 10).mapToObj(i -> send(publisher, "b" + i)).toList();
        var others = IntStream.range(0, 10).mapToObj(i -> send(other, "c" + i)).toList();

        assertThat(failure(culprit).getMessage()).contains("closes the connection over it", "541");
        Stream.of(before, after, others).flatMap(List::stream).forEach(dev.busbar.testing.broker.Await::done);
        assertThat(publisher.queueSize() + other.queueSize()).isZero();
    }

    @Test
    void severalPublishersOfOneClientAllComeBack() {
        declareQueue();
        var one = publisher(10);
        var other = publisher(10);
        proxy.breakDown();
        eventually(() -> assertThat(client.isConnected()).isFalse());
        var first = send(one, "a");
        var second = send(other, "b");

        proxy.repair();

        done(first);
        done(second);
    }

    @Test
    void whatIsUnconfirmedAtAStopIsSentAgainBeforeThatIsDoneAndItStartsAgain() {
        declareQueue();
        var publisher = publisher(10);
        var problems = new CopyOnWriteArrayList<Throwable>();
        vertx.exceptionHandler(problems::add);
        client.context().exceptionHandler(problems::add);
        proxy.swallowAnswers();
        var unconfirmed = send(publisher, "a");

        var stopped = publisher.stop();

        proxy.cut();
        done(stopped);
        assertThat(unconfirmed.succeeded()).isTrue();
        done(publisher.start());
        done(send(publisher, "b"));
        assertThat(problems).isEmpty();
    }

    @Test
    void aConfirmThatComesAfterTheStopDisturbsNothing() {
        declareQueue();
        var publisher = publisher(100);
        var problems = new CopyOnWriteArrayList<Throwable>();
        client.context().exceptionHandler(problems::add);

        var sent = IntStream.range(0, 50).mapToObj(i -> send(publisher, "" + i)).toList();
        done(publisher.stop());
        sent.forEach(future -> eventually(() -> assertThat(future.isComplete()).isTrue()));
        eventually(() -> assertThat(done(client.messageCount(queue))).isPositive());
        done(client.waitForConfirms());

        assertThat(problems).isEmpty();
    }

    @Test
    void takesFromManyThreads() {
        declareQueue();
        var publisher = publisher(10_000);

        var sent = ForkJoinPool.commonPool()
                .submit(() -> IntStream.range(0, 2_000)
                        .parallel()
                        .mapToObj(i -> send(publisher, "" + i))
                        .toList())
                .join();

        done(Future.join(sent));
        assertThat(done(client.messageCount(queue))).isEqualTo(2_000);
    }
}
