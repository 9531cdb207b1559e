package dev.busbar.broker;

import dev.busbar.testing.EmbeddedArtemis;

/** ActiveMQ Artemis in this JVM. */
public final class ArtemisHere extends Artemis {

    private final EmbeddedArtemis broker;

    ArtemisHere(EmbeddedArtemis broker) {
        super(broker.uri());
        this.broker = broker;
    }

    /** One for all tests of this JVM, started with the first that asks, stopped with the JVM. */
    public static Artemis shared() {
        return Shared.INSTANCE;
    }

    private static final class Shared {

        static final ArtemisHere INSTANCE = untilTheEnd(new ArtemisHere(EmbeddedArtemis.inMemory()));

        private static ArtemisHere untilTheEnd(ArtemisHere artemis) {
            Runtime.getRuntime().addShutdownHook(new Thread(artemis.broker::close));
            return artemis;
        }
    }

    @Override
    public void restart() {
        broker.stop();
        broker.start();
    }
}
