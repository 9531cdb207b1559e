package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.ArtemisHere;
import dev.busbar.testing.broker.EmbeddedBrokerJ;
import dev.busbar.testing.broker.RabbitMq;
import dev.busbar.testing.broker.RabbitMq10;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where failed messages go on each broker. */
class FailedMessagesIT {

    @Nested
    @ExtendWith(RabbitExtension.class)
    class OnRabbitMq extends FailedMessagesContract {

        private final RabbitNode node;

        OnRabbitMq(RabbitNode node) {
            super(new RabbitMq(node));
            this.node = node;
        }

        @Test
        void aUserWhoMayReadAQueueAndWriteToADeadLetterExchangeNeedsNoMore() {
            foreign.declareExchange(exchange + "-dlx", "direct");
            foreign.declareQueue(exchange + "-kept");
            foreign.bind(exchange + "-kept", exchange + "-dlx", "failed");
            foreign.declareQueue(exchange + "-q");
            node.ctl("add_user", exchange, "secret");
            node.ctl("set_permissions", exchange, "^$", "^" + exchange + "-dlx$", "^" + exchange + "-q$");
            var route = failing("{'deadLetter': {'exchange': 'X-dlx', 'key': 'failed', 'declare': false}}");
            route.getJsonObject("from").remove("filter");
            var config = config(route);
            config.getJsonObject("broker").put("uri", node.amqpUri(exchange, "secret", "/"));
            var id = deploy(config, 1);
            foreign.publish("", exchange + "-q", "1");

            assertThat(take(exchange + "-kept").text()).isEqualTo("1");
            assertThat(status("in").condition()).isEqualTo(RouteStatus.Condition.READY);
            get(vertx.undeploy(id));
            node.ctl("delete_user", exchange);
        }
    }

    @Nested
    @ExtendWith(RabbitExtension.class)
    class OnRabbitMq10 extends FailedMessagesContract {
        OnRabbitMq10(RabbitNode node) {
            super(RabbitMq10.at(node));
        }
    }

    @Nested
    class OnBrokerJ extends FailedMessagesContract {
        OnBrokerJ() {
            super(EmbeddedBrokerJ.shared());
        }
    }

    @Nested
    @Repeats
    class OnBrokerJ10 extends FailedMessagesContract {
        OnBrokerJ10() {
            super(EmbeddedBrokerJ.shared10());
        }
    }

    @Nested
    class OnArtemis extends FailedMessagesContract {
        OnArtemis() {
            super(ArtemisHere.shared());
        }

        @Override
        boolean createsWhatIsUsed() {
            return true;
        }
    }
}
