package dev.busbar.route;

import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.broker.ArtemisHere;
import dev.busbar.testing.broker.EmbeddedBrokerJ;
import dev.busbar.testing.broker.RabbitMq;
import dev.busbar.testing.broker.RabbitMq10;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** What each broker lists to tell of a mistyped name. */
class MistypedNamesIT {

    @Nested
    @ExtendWith(RabbitExtension.class)
    class OnRabbitMq extends MistypedNamesContract {
        OnRabbitMq(RabbitNode node) {
            super(new RabbitMq(node));
        }
    }

    @Nested
    @ExtendWith(RabbitExtension.class)
    class OnRabbitMq10 extends MistypedNamesContract {
        OnRabbitMq10(RabbitNode node) {
            super(RabbitMq10.at(node));
        }
    }

    @Nested
    class OnBrokerJ extends MistypedNamesContract {
        OnBrokerJ() {
            super(EmbeddedBrokerJ.shared());
        }
    }

    @Nested
    class OnBrokerJ10 extends MistypedNamesContract {
        OnBrokerJ10() {
            super(EmbeddedBrokerJ.shared10());
        }
    }

    @Nested
    class OnArtemis extends MistypedNamesContract {
        OnArtemis() {
            super(ArtemisHere.shared());
        }
    }
}
