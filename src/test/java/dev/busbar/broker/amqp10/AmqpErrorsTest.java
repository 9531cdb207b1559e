package dev.busbar.broker.amqp10;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.BrokerException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AmqpErrorsTest {

    private static final String NOT_FOUND = "amqp:not-found";

    /** RabbitMQ reports it as it reports a queue that does not exist. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "home node 'rabbit@a' of durable queue 'q' in vhost '/' is down or inaccessible",
                "queue 'q' in vhost '/' has crashed and failed to restart",
                "queue 'q' in vhost '/' process is stopped by supervisor",
                "failed to perform operation on queue 'q' in vhost '/' due to timeout"
            })
    void aQueueThatIsThereAndCannotBeUsedNowIsNotMissing(String said) {
        var failure = AmqpErrors.translate(NOT_FOUND, said, "consuming queue 'q'");

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure).hasMessageContaining("consuming queue 'q'").hasMessageContaining("Try again");
    }

    @Test
    void whatDoesNotExistIsMissing() {
        assertThat(AmqpErrors.translate(NOT_FOUND, "no queue 'q' in vhost '/'", "consuming")
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
        assertThat(AmqpErrors.translate(NOT_FOUND, null, "consuming").kind()).isEqualTo(Kind.NOT_FOUND);
    }
}
