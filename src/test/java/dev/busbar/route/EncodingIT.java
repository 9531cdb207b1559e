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

/** Encodings over both protocols. */
class EncodingIT {

    @Nested
    @ExtendWith(RabbitExtension.class)
    class OnRabbitMq extends EncodingContract {
        OnRabbitMq(RabbitNode node) {
            super(new RabbitMq(node));
        }
    }

    @Nested
    @ExtendWith(RabbitExtension.class)
    class OnRabbitMq10 extends EncodingContract {
        OnRabbitMq10(RabbitNode node) {
            super(RabbitMq10.at(node));
        }
    }

    @Nested
    @Repeats
    class OnBrokerJ10 extends EncodingContract {
        OnBrokerJ10() {
            super(EmbeddedBrokerJ.shared10());
        }
    }

    @Nested
    @Repeats
    class OnArtemis extends EncodingContract {
        OnArtemis() {
            super(ArtemisHere.shared());
        }
    }
}
