package dev.busbar.broker;

import dev.busbar.testing.broker.BrokerUnderTest;
import org.junit.jupiter.api.Nested;

/** Collects all parts of the contract; a subclass says with which broker to test it. */
abstract class EveryContract {

    abstract BrokerUnderTest broker();

    @Nested
    class Connecting extends ConnectingContract {
        Connecting() {
            super(broker());
        }
    }

    @Nested
    class Subscribing extends SubscribingContract {
        Subscribing() {
            super(broker());
        }
    }

    @Nested
    class Binding extends BindingContract {
        Binding() {
            super(broker());
        }
    }

    @Nested
    class ForeignQueues extends ForeignQueueContract {
        ForeignQueues() {
            super(broker());
        }
    }

    @Nested
    class Settling extends SettlingContract {
        Settling() {
            super(broker());
        }
    }

    @Nested
    class Fetching extends FetchingContract {
        Fetching() {
            super(broker());
        }
    }

    @Nested
    class Publishing extends PublishingContract {
        Publishing() {
            super(broker());
        }
    }

    @Nested
    class Carrying extends CarryingContract {
        Carrying() {
            super(broker());
        }
    }

    @Nested
    class Declaring extends TopologyContract {
        Declaring() {
            super(broker());
        }
    }

    @Nested
    class Recovering extends RecoveringContract {
        Recovering() {
            super(broker());
        }
    }
}
