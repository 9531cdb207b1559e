package dev.busbar.broker.rabbitmq;

import static dev.busbar.testing.broker.Await.done;
import static dev.busbar.testing.broker.Await.eventually;
import static dev.busbar.testing.broker.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.ConnectionState.Waiting;
import io.vertx.core.buffer.Buffer;
import io.vertx.rabbitmq.RabbitMQPublisherOptions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Tests more of what differs on purpose from vertx-rabbitmq-client. */
class DifferencesIT extends ClientFixture {

    private static final int INTERVAL = 100;

    private void publishUnconfirmed() {
        declareQueue();
        done(client.confirmSelect());
        proxy.swallowAnswers();
        done(client.basicPublish("", queue, Buffer.buffer("x")));
    }

    private void reopened() {
        eventually(() -> assertThat(client.isOpenChannel()).isTrue());
    }

    @Test
    @Differs("waitForConfirms()")
    void waitingForConfirmsFailsOnceForWhatWasUnconfirmedOnALostConnection() {
        publishUnconfirmed();
        proxy.cut();
        eventually(() -> assertThat(client.isConnected()).isFalse());
        reopened();

        var failure = failure(client.waitForConfirms());

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure).hasMessageContaining("1 messages were not confirmed");
        done(client.waitForConfirms());
        done(client.basicPublish("", queue, Buffer.buffer("y")));
        done(client.waitForConfirms());
    }

    @Test
    void whoWaitsWhenTheConnectionIsLostIsTheOneToldOfIt() {
        publishUnconfirmed();
        var waiting = client.waitForConfirms();
        proxy.cut();

        failure(waiting);

        reopened();
        done(client.waitForConfirms());
    }

    @Test
    void waitingForConfirmsFailsForWhatAChannelTookWithItToo() {
        declareQueue();
        done(client.confirmSelect());
        var lost = client.futureOnLoop(() -> {
            client.queueBind(queue, "no-such-exchange", "k");
            return client.basicPublish("no-such-exchange", "k", Buffer.buffer("x"));
        });
        done(lost);
        eventually(() -> assertThat(client.isOpenChannel()).isTrue());

        eventually(() -> assertThat(failure(client.waitForConfirms())).hasMessageContaining("no-such-exchange"));
        reopened();
        done(client.waitForConfirms());
    }

    /** Shows that {@code waitForConfirms()} ignores the messages of a publisher, which sends them again itself. */
    @Test
    void whatAPublisherHasUnconfirmedDoesNotConcernWhoWaits() {
        declareQueue();
        done(client.confirmSelect());
        var publisher = client.publisher(new RabbitMQPublisherOptions());
        done(publisher.start());
        proxy.swallowAnswers();
        var confirmed = publisher.publishConfirm("", queue, null, Buffer.buffer("x"));
        eventually(() -> assertThat(publisher.queueSize()).isZero());
        proxy.cut();

        done(confirmed);
        done(client.waitForConfirms());
    }

    @Test
    @Differs("reconnecting")
    void attemptsAreMadeLaterAndLaterWhateverElseTheOptionsSay() {
        var options = options(proxy.port());
        options.setAutomaticRecoveryEnabled(true).setNetworkRecoveryInterval(1);
        options.setReconnectInterval(INTERVAL).setReconnectAttempts(-1);
        var patient = EventLoopRabbitMQClient.create(vertx, options);
        done(patient.start());
        Map<Integer, Duration> delays = new LinkedHashMap<>();

        proxy.breakDown();

        Awaitility.await().pollInterval(Duration.ofMillis(2)).until(() -> {
            if (patient.connectionState() instanceof Waiting waiting) {
                delays.put(waiting.attempt(), waiting.delay());
            }
            return delays.size() >= 5;
        });
        delays.forEach((attempt, delay) -> assertThat(delay.toMillis())
                .as("after %d attempts, of %s", attempt, delays)
                .isBetween((long) INTERVAL / 2 << attempt, (long) INTERVAL << attempt));
        proxy.repair();
        eventually(() -> assertThat(patient.isOpenChannel()).isTrue());
        done(patient.stop());
    }
}
