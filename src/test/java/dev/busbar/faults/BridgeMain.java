package dev.busbar.faults;

import dev.busbar.codec.BusHeaders;
import dev.busbar.route.BridgeVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The main class of {@link BridgeProcess}: a bridge with handlers that say what they were given before they reply, and
 * a sender that says what it was told. One line each, written at once, so that nothing said is lost with the process.
 */
final class BridgeMain {

    private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);
    private static final DeliveryOptions PATIENT = new DeliveryOptions().setSendTimeout(600_000);

    private BridgeMain() {}

    public static void main(String[] arguments) throws IOException {
        var config = new JsonObject(Files.readString(Path.of(arguments[0])));
        var vertx = Vertx.vertx();
        var count = Integer.parseInt(arguments[1]);
        config.getJsonArray("routes").stream().map(JsonObject.class::cast).forEach(route -> {
            var address = route.getJsonObject("to").getString("address");
            if (address != null) {
                handle(vertx, address, count == 0 ? Integer.MAX_VALUE : count * 3 / 4);
            }
        });
        vertx.deployVerticle(BridgeVerticle.class, new DeploymentOptions().setConfig(config))
                .await();
        say("ready");
        send(vertx, count);
        while (System.in.read() >= 0) {
            // Nothing is said to it; it ends with whoever started it.
        }
        Runtime.getRuntime().halt(0);
    }

    /** @param first the number from which on nothing is replied to: however late it is killed, not all is done */
    private static void handle(Vertx vertx, String address, int first) {
        vertx.eventBus().<JsonObject>localConsumer(address, message -> {
            if (message.body().getInteger("n") >= first) {
                return;
            }
            var headers = message.headers();
            say("seen " + address + " " + message.body().getInteger("n") + " " + headers.get(BusHeaders.MESSAGE_ID)
                    + " " + headers.get(BusHeaders.REDELIVERED));
            message.reply(null);
        });
    }

    private static void send(Vertx vertx, int count) {
        for (var n = 0; n < count; n++) {
            var number = n;
            vertx.eventBus()
                    .request("out", new JsonObject().put("n", n), PATIENT)
                    .onSuccess(reply -> say("safe " + number))
                    .onFailure(failure -> say("failed " + number));
        }
    }

    static void say(String line) {
        try {
            OUT.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
