package dev.busbar.faults;

import dev.busbar.broker.embedded.EmbeddedBroker;
import dev.busbar.config.EmbeddedConfig;
import dev.busbar.config.Secret;
import dev.busbar.testing.BrokerJvm;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Broker-J with the durable store in a JVM of its own, on the same port and store after each start. Log:
 * {@code target/broker-j/<pid of the test JVM>-<number>.log}. It ends with the test JVM.
 */
final class BrokerJNode extends BrokerJvm {

    private BrokerJNode(Path store) {
        super("broker-j", Broker.class, store.toString());
    }

    /** A broker that is running. */
    static BrokerJNode start(Path store) {
        var node = new BrokerJNode(store);
        node.start();
        return node;
    }

    @Override
    public String uri() {
        return "amqp://guest:guest@127.0.0.1:" + port() + "/default";
    }

    /** The other JVM: says that it is ready, and ends when nobody holds its standard input any more. */
    static final class Broker {

        private Broker() {}

        public static void main(String[] arguments) throws IOException {
            var port = Integer.parseInt(arguments[0]);
            var config = new EmbeddedConfig("127.0.0.1", port, arguments[1], "guest", new Secret("guest"));
            var broker = EmbeddedBroker.start(Vertx.vertx(), config).await();
            if (broker.port() != port) {
                broker.notice().ifPresent(System.err::println);
                Runtime.getRuntime().halt(1);
            }
            System.out.write(READY);
            System.out.flush();
            while (System.in.read() >= 0) {
                // Nothing is said to it.
            }
            Runtime.getRuntime().halt(0);
        }
    }
}
