package dev.busbar.faults;

import static dev.busbar.faults.TestBridge.eventually;
import static dev.busbar.faults.TestBridge.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Repeats;
import dev.busbar.testing.Slow;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Messages of many MiB through a heap that holds few of them, in and out again. */
@Slow
@ExtendWith(RabbitExtension.class)
class LargeMessagesIT {

    private static final int HEAP_MIB = 160;
    private static final int DIRECT_MIB = 64;
    private static final int MESSAGES = 40;
    private static final int BYTES = 8 << 20;

    @TempDir
    private Path folder;

    @Test
    void ofJSONPassOneAfterTheOther(RabbitNode node) throws Exception {
        pass("amqp", "application/json", node);
    }

    @Test
    @Repeats
    void ofBytesToo(RabbitNode node) throws Exception {
        pass("amqp", "application/octet-stream", node);
    }

    @Test
    @Repeats
    void overAmqp10Too(RabbitNode node) throws Exception {
        pass("amqp10", "application/octet-stream", node);
    }

    private void pass(String scheme, String contentType, RabbitNode node) throws Exception {
        var name = "large-" + UUID.randomUUID();
        var config = new JsonObject()
                .put("broker", new JsonObject().put("uri", node.amqpUri().replaceFirst("amqp", scheme)))
                .put("exchange", new JsonObject().put("name", name))
                .put(
                        "routes",
                        new JsonArray()
                                .add(json("{'name': 'in', 'from': {'filter': 'in', 'queue': {'name': '" + name
                                        + "-in', 'life': 'until-stop'}}, 'to': {'address': 'through', 'delivery':"
                                        + " 'request'}, 'prefetch': 1, 'timeout': '60s'}"))
                                .add(json("{'name': 'out', 'from': {'address': 'through'}, 'to': {'key': 'out'},"
                                        + " 'timeout': '60s'}")));
        var body = body(contentType);
        try (var child = new ChildJvm(folder, HEAP_MIB, DIRECT_MIB, config);
                var foreign = new Foreign(node.amqpUri())) {
            foreign.queue(name + "-out", name, "out");
            var properties =
                    new AMQP.BasicProperties.Builder().contentType(contentType).build();
            for (var n = 0; n < MESSAGES; n++) {
                foreign.channel.basicPublish(name, "in", properties, body);
            }

            var came = 0;
            while (came < MESSAGES) {
                eventually(() -> assertThat(foreign.depth(name + "-out")).isPositive());
                var message = foreign.channel.basicGet(name + "-out", true);
                assertThat(Arrays.equals(message.getBody(), body)).isTrue();
                came++;
            }
            eventually(() -> {
                var status = child.ask("status");
                assertThat(status.getLong("heap")).as("heap in " + status).isLessThan(HEAP_MIB / 3 << 20);
                assertThat(status.getJsonObject("in").getInteger("open")).isZero();
            });
            child.say("stop");
            foreign.channel.queueDelete(name + "-out");
        }
    }

    private static byte[] body(String contentType) {
        var bytes = new byte[BYTES];
        new Random(1).nextBytes(bytes);
        if (contentType.equals("application/json")) {
            Arrays.fill(bytes, (byte) 'x');
            return ("{\"text\":\"" + new String(bytes, StandardCharsets.US_ASCII) + "\"}")
                    .getBytes(StandardCharsets.US_ASCII);
        }
        return bytes;
    }
}
