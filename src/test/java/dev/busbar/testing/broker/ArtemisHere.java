package dev.busbar.testing.broker;

import dev.busbar.testing.EmbeddedArtemis;
import dev.busbar.testing.OncePerJvm;

/** Runs ActiveMQ Artemis in this JVM. */
public final class ArtemisHere extends Artemis implements AutoCloseable {

    private static final OncePerJvm<ArtemisHere> SHARED =
            new OncePerJvm<>(() -> new ArtemisHere(EmbeddedArtemis.inMemory()));

    private final EmbeddedArtemis broker;

    public ArtemisHere(EmbeddedArtemis broker) {
        super(broker.uri());
        this.broker = broker;
    }

    /** Returns the one broker that all tests of this JVM share. */
    public static Artemis shared() {
        return SHARED.get();
    }

    @Override
    public void restart() {
        broker.stop();
        broker.start();
    }

    @Override
    public void close() {
        broker.close();
    }
}
