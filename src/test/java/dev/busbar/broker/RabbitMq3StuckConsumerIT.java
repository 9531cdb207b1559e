package dev.busbar.broker;

import static dev.busbar.testing.broker.Await.eventually;
import static dev.busbar.testing.broker.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.OnRabbit;
import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitRelease;
import dev.busbar.testing.Slow;
import dev.busbar.testing.broker.RabbitMq10;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests consumers over AMQP 1.0 that RabbitMQ 3 abandons without telling them. */
@Slow
@ExtendWith(RabbitExtension.class)
@OnRabbit(RabbitRelease.V3)
class RabbitMq3StuckConsumerIT extends BrokerContract {

    private static RabbitNode node;

    private final Inbox inbox = Inbox.keeping();
    private Client client;
    private Subscription subscription;

    RabbitMq3StuckConsumerIT() {
        super(RabbitMq10.at(node));
    }

    @BeforeAll
    static void take(@PrivateNode RabbitNode own) {
        node = own;
    }

    @BeforeEach
    void subscribe() {
        admin.declareExchange(exchangeName, "topic");
        admin.declareQueue(queueName);
        client = connected();
        subscription = client.subscribe(exchange, persistent(), 10, inbox, "#");
    }

    /**
     * Evaluates an expression at the broker.
     *
     * @param expression in Erlang, of the queue's process {@code P}
     */
    private String process(String expression) {
        return node.ctl(
                        "eval",
                        "{ok, Q} = rabbit_amqqueue:lookup(rabbit_misc:r(<<\"/\">>, queue, <<\"" + queueName
                                + "\">>)), P = amqqueue:get_pid(Q), " + expression + ".")
                .strip();
    }

    /** Resumes the queue, whatever has failed: else nobody could delete it. */
    @AfterEach
    void resume() {
        process("sys:resume(P)");
    }

    /**
     * Suspends the queue while the plugin asks it for an answer to the credit of a consumer, for which the plugin waits
     * up to 130 seconds.
     */
    @Test
    void aQueueThatIsDeletedWhileItOwesAnAnswerIsMissed() {
        admin.publish("", queueName, "1");
        var held = inbox.take();
        process("sys:suspend(P)");
        held.settle(Settlement.ACCEPTED);
        eventually(() -> assertThat(process("{message_queue_len, N} = process_info(P, message_queue_len), N > 1"))
                .isEqualTo("true"));

        // The deletion overtakes the credit.
        process("gen_server2:cast(P, delete_immediately), sys:resume(P)");

        eventually(() -> assertThat(subscription.state())
                .isInstanceOfSatisfying(
                        SubscriptionState.Recovering.class,
                        recovering -> assertThat(recovering.cause()).contains(queueName)));
        admin.declareQueue(queueName);
        admin.publish("", queueName, "2");
        assertThat(inbox.takeText()).isEqualTo("2");
    }

    /** Restarts the queue: the broker begins its consumers anew, with the credit they began with, which is none. */
    @Test
    void aQueueWhoseProcessHasCrashedIsConsumedAgain() {
        process("exit(P, kill)");
        eventually(() -> assertThat(process("is_process_alive(P)")).isEqualTo("true"));

        admin.publish("", queueName, "1");

        assertThat(inbox.takeText()).isEqualTo("1");
    }

    @Test
    void aQueueThatDoesNotAnswerKeepsNoOthersWaiting() {
        process("sys:suspend(P)");

        var other = client.later(() -> client.connection.deleteQueueIfUnused(queueName));

        // Looks for its exchange in the same way.
        client.publisher(exchange);

        assertThat(other.isComplete()).isFalse();
        process("sys:resume(P)");
        assertThat(failure(other)).hasMessageContaining("stays");
    }
}
