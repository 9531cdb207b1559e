package dev.busbar.faults;

import dev.busbar.config.ConfigLoader;
import dev.busbar.mq.MessageQueue;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A node with one persistent consumer, which says what it was given before it is done with it. */
final class PersistentConsumerMain {

    private PersistentConsumerMain() {}

    /** The configuration and the persistent name. */
    public static void main(String[] arguments) throws IOException {
        var config = ConfigLoader.fromJson(new JsonObject(Files.readString(Path.of(arguments[0]))));
        var vertx = Vertx.vertx();
        var queue = MessageQueue.open(vertx, config).await();
        queue.startConsuming(
                        TopicFilter.parse("job.*"),
                        event -> {
                            BridgeMain.say("seen " + event.body());
                            return vertx.timer(1);
                        },
                        arguments[1])
                .await();
        BridgeMain.say("ready");
        while (System.in.read() >= 0) {
            // Nothing is said to it; it ends with whoever started it.
        }
        Runtime.getRuntime().halt(0);
    }
}
