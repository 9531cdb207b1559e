package dev.busbar.broker;

import static dev.busbar.testing.broker.Await.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitRelease;
import dev.busbar.testing.broker.RabbitMq10;
import io.vertx.core.Future;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests requests over AMQP 1.0 to a RabbitMQ 4 that works at one of them for long, as it does while it misses a node.
 */
@ExtendWith(RabbitExtension.class)
class RabbitMq10BusyRequestIT extends BrokerContract {

    private static RabbitNode node;

    RabbitMq10BusyRequestIT() {
        super(RabbitMq10.at(node));
    }

    @BeforeAll
    static void take(@PrivateNode RabbitNode own) {
        assumeTrue(own.release() != RabbitRelease.V3, "RabbitMQ 3 takes no requests over 1.0");
        node = own;
    }

    /** Suspends or resumes the process of the queue. A suspended queue does not answer when asked for its depth. */
    private void process(String action) {
        node.ctl(
                "eval",
                "{ok, Q} = rabbit_amqqueue:lookup(rabbit_misc:r(<<\"/\">>, queue, <<\"" + queueName
                        + "\">>)), ok = sys:" + action + "(amqqueue:get_pid(Q)).");
    }

    /** Resumes the queue, whatever has failed: else nobody could delete it. */
    @AfterEach
    void resume() {
        process("resume");
    }

    @Test
    void othersAreAnsweredMeanwhileAndItselfWhenItIsDone() {
        admin.declareQueue(queueName);
        var client = connected();
        process("suspend");
        var spec = new PublisherSpec("test", List.of(Topology.of(exchange)));

        var counted = Stream.of(1, 2)
                .map(n -> client.later(() -> client.connection.depth(queueName)))
                .toList();
        var publisher = done(client.later(() -> client.connection.publisher(spec)));

        assertThat(client.publish(publisher, message("k", "x"))).isInstanceOf(PublishOutcome.Confirmed.class);
        assertThat(counted).noneMatch(Future::isComplete);
        process("resume");
        for (var count : counted) {
            assertThat(done(count).messages()).isZero();
        }
    }
}
