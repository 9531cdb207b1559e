package dev.busbar.mq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.broker.RabbitMq;
import io.vertx.core.Future;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RabbitExtension.class)
class RabbitMqMessageQueueIT extends MessageQueueContract {
    RabbitMqMessageQueueIT(RabbitNode node) {
        super(new RabbitMq(node));
    }

    @Test
    void aFailingMessageIsRejectedInItsPlace() {
        openQueue("{'grace': '0s', 'persistent': {'onFailure': {'attempts': 2, 'then': 'reject', 'backoff':"
                + " {'initial': '1ms', 'max': '2ms'}}}}");
        var calls = new CopyOnWriteArrayList<Object>();
        done(mq.startConsuming(
                filter("d"),
                event -> {
                    calls.add(event.body());
                    return event.body().equals(1) ? Future.failedFuture("on purpose") : null;
                },
                name));
        for (var body = 0; body < 3; body++) {
            done(put("d", body));
        }

        eventually(() -> assertThat(calls).containsExactly(0, 1, 1, 2));
        done(mq.close());
        assertThat(foreign.status("busbar.mq." + name + "@" + exchange).messages())
                .isZero();
        assertThat(foreign.queueExists(exchange + ".dead-letter")).isFalse();
    }
}
