package dev.busbar.testing.broker;

/** Describes the Artemis of this JVM as a peer of which only addresses are known. */
public final class ArtemisByAddress extends Artemis {

    private ArtemisByAddress(String uri) {
        super(uri);
    }

    /** Returns the one broker that all tests of this JVM share. */
    public static ArtemisByAddress shared() {
        return new ArtemisByAddress(ArtemisHere.shared().uriText());
    }

    @Override
    public Admin admin() {
        return new Amqp10Admin(uri(), new ArtemisTopologyAdmin(new ArtemisConsole(uri())), new PlainNodes());
    }

    @Override
    public boolean hasAddressesOnly() {
        return true;
    }
}
