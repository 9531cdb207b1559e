package dev.busbar.route;

import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.ArtemisHere;
import dev.busbar.testing.broker.EmbeddedBrokerJ;
import dev.busbar.testing.broker.RabbitMq;
import dev.busbar.testing.broker.RabbitMq10;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** Busbar among others on each broker. */
class GuestIT {

    @Nested
    @ExtendWith(RabbitExtension.class)
    class OnRabbitMq extends GuestContract {
        OnRabbitMq(RabbitNode node) {
            super(new RabbitMq(node));
        }
    }

    @Nested
    @ExtendWith(RabbitExtension.class)
    class OnRabbitMq10 extends GuestContract {
        OnRabbitMq10(RabbitNode node) {
            super(RabbitMq10.at(node));
        }
    }

    @Nested
    class OnBrokerJ extends GuestContract {
        OnBrokerJ() {
            super(EmbeddedBrokerJ.shared());
        }
    }

    @Nested
    @Repeats
    class OnBrokerJ10 extends GuestContract {
        OnBrokerJ10() {
            super(EmbeddedBrokerJ.shared10());
        }
    }

    @Nested
    class OnArtemis extends GuestContract {
        OnArtemis() {
            super(ArtemisHere.shared());
        }
    }
}
