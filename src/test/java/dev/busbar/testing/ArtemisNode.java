package dev.busbar.testing;

import java.io.IOException;
import java.nio.file.Path;

/**
 * {@link EmbeddedArtemis} in a JVM of its own, on the same port and journal after each start. Log:
 * {@code target/artemis/<pid of the test JVM>-<number>.log}. It ends with the test JVM.
 */
public final class ArtemisNode extends BrokerJvm {

    private ArtemisNode(Path folder) {
        super("artemis", Broker.class, folder.toString());
    }

    /** A broker that is running. @param folder of its journal */
    public static ArtemisNode start(Path folder) {
        var node = new ArtemisNode(folder);
        node.start();
        return node;
    }

    @Override
    public String uri() {
        return "amqp10://guest:guest@127.0.0.1:" + port();
    }

    /** The other JVM: says that it is ready, and ends when nobody holds its standard input any more. */
    static final class Broker {

        private Broker() {}

        public static void main(String[] arguments) throws IOException {
            EmbeddedArtemis.started(Integer.parseInt(arguments[0]), Path.of(arguments[1]));
            System.out.write(READY);
            System.out.flush();
            while (System.in.read() >= 0) {
                // Nothing is said to it.
            }
            Runtime.getRuntime().halt(0);
        }
    }
}
