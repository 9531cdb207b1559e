package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.delivery.SendFailure;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.broker.RabbitMq;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RabbitExtension.class)
class RabbitMqOutboundIT extends OutboundContract {
    RabbitMqOutboundIT(RabbitNode node) {
        super(new RabbitMq(node));
    }

    /** RabbitMQ compares the user id with the user of the connection, and closes the channel over a false one. */
    @Test
    void aMessageTheBrokerClosesTheChannelOverFailsAlone() throws Exception {
        deploy(json("{'name': 'out', 'from': {'address': 'changes'}, 'to': {'key': 'changes.{id}.new'}}"));
        var queue = bound("changes.#");
        var sent = new ArrayList<Future<Message<Object>>>();
        for (var i = 0; i < 100; i++) {
            var options = new DeliveryOptions();
            if (i == 50) {
                options.addHeader("amqp-user-id", "somebody-else");
            }
            sent.add(vertx.eventBus().request("changes", new JsonObject().put("id", i), options));
        }
        get(Future.join(sent).otherwiseEmpty());
        for (var i = 0; i < 100; i++) {
            assertThat(sent.get(i).failed()).as("message " + i).isEqualTo(i == 50);
        }
        var failure = (ReplyException) sent.get(50).cause();
        assertThat(failure.failureCode()).isEqualTo(SendFailure.REFUSED.code());
        assertThat(failure).hasMessageContaining("user_id").hasMessageContaining("somebody-else");
        assertThat(depth(queue)).isGreaterThanOrEqualTo(99);
    }
}
