package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.busbar.deadletter.DeadLetterQueue;
import dev.busbar.deadletter.DeadLetters;
import dev.busbar.deadletter.Selection;
import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitRelease;
import dev.busbar.testing.Soak;
import dev.busbar.testing.broker.RabbitMq;
import java.util.HashSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RabbitExtension.class)
class RabbitMqDeadLetterIT extends DeadLetterContract {

    private final RabbitNode rabbit;

    RabbitMqDeadLetterIT(@PrivateNode RabbitNode node) {
        super(new RabbitMq(node));
        rabbit = node;
    }

    @Test
    void thousandsArePutBackInSteps() {
        var count = Soak.pick(2, 10) * DeadLetters.MAX_MESSAGES;
        var config = left(count);
        var queue = DeadLetterQueue.of(config.routes()).get(0);
        var letters = node(config).letters;
        assertThat(get(letters.look(queue, 200, 1 << 20)).depth()).isEqualTo(count);
        // On a busy machine what has been looked at may still be on its way back.
        eventually(() -> assertThat(depth(queue.name())).isEqualTo(count));

        for (var left = count; left > 0; left -= DeadLetters.MAX_MESSAGES) {
            var report = get(letters.requeue(queue, new Selection.First(DeadLetters.MAX_MESSAGES)));
            assertThat(report.moved()).as("%s", report).isEqualTo(DeadLetters.MAX_MESSAGES);
            assertThat(report.remaining()).isEqualTo(left - DeadLetters.MAX_MESSAGES);
        }

        assertThat(ids(exchange + "-q"))
                .containsExactlyElementsOf(
                        IntStream.range(0, count).mapToObj(i -> "id-" + i).toList());
    }

    private void defaultQueueType(String type) {
        rabbit.ctl("update_vhost_metadata", "/", "--default-queue-type", type);
    }

    private void lookOften() {
        var config = left(1);
        var queue = DeadLetterQueue.of(config.routes()).get(0);
        var letters = node(config).letters;

        for (var times = 0; times < 25; times++) {
            eventually(() ->
                    assertThat(get(letters.look(queue, 1, 1 << 20)).messages()).hasSize(1));
        }
    }

    @Test
    void lookingOftenLosesNothingWhereQuorumIsTheDefault() {
        assumeTrue(rabbit.release().isAtLeast(RabbitRelease.V4_0));
        defaultQueueType("quorum");
        try {
            lookOften();
        } finally {
            defaultQueueType("classic");
        }
    }

    /** 4.0 counts every look, and has to be told by a policy not to. */
    @Test
    void lookingOftenLosesNothingOfAQuorumQueueFromBefore() {
        assumeTrue(rabbit.release().isAtLeast(RabbitRelease.V4));
        defaultQueueType("quorum");
        try {
            foreign.declareQueue(exchange + ".dead-letter");
            lookOften();
        } finally {
            defaultQueueType("classic");
        }
    }

    /** A message may be in both queues then, but in none it is not. */
    @Test
    void aBrokerThatIsKilledMeanwhileLosesNothing() {
        var count = Soak.pick(2_000, 5_000);
        var config = left(count);
        var queue = DeadLetterQueue.of(config.routes()).get(0);
        var letters = node(config).letters;
        get(letters.requeue(queue, new Selection.First(100)));

        var moving = letters.requeue(queue, new Selection.First(DeadLetters.MAX_MESSAGES));
        eventually(() -> assertThat(depth(exchange + "-q")).isGreaterThan(300));
        rabbit.kill();
        var report = get(moving.otherwise(failure -> null));
        foreign.close();
        rabbit.start();
        foreign = broker.admin();

        assertThat(report == null || report.ended() != null || report.failed() > 0)
                .as("%s", report)
                .isTrue();
        var found = new HashSet<>(ids(exchange + "-q"));
        found.addAll(ids(exchange + ".dead-letter"));
        assertThat(found).hasSize(count);
    }
}
