package dev.busbar.faults;

import dev.busbar.route.BridgeStatus;
import dev.busbar.route.BridgeVerticle;
import dev.busbar.route.RouteEvent;
import io.netty.util.internal.PlatformDependent;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A bridge in a JVM of its own, to be run with a heap that would not hold what it must not hold. Handlers at address
 * {@code mute} never reply. Commands on standard input, one a line, are answered by one line each on standard output.
 */
public final class SmallHeapBridge {

    private final Vertx vertx = Vertx.vertx();
    private final String deployment;
    private Offers offers;

    private SmallHeapBridge(JsonObject config) {
        vertx.eventBus().localConsumer("mute", message -> {});
        deployment =
                TestBridge.get(vertx.deployVerticle(BridgeVerticle.class, new DeploymentOptions().setConfig(config)));
    }

    /** @param args the file of the configuration */
    public static void main(String[] args) throws Exception {
        var bridge = new SmallHeapBridge(new JsonObject(Files.readString(Path.of(args[0]))));
        System.out.println("up");
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = commands.readLine(); line != null; line = commands.readLine()) {
            System.out.println(bridge.answer(line.split(" ")));
        }
        System.exit(0);
    }

    private String answer(String... command) {
        return switch (command[0]) {
            case "offer" -> {
                offers = new Offers(vertx, List.of(command).subList(3, command.length));
                yield offers.make(Integer.parseInt(command[1]), Integer.parseInt(command[2]))
                        .encode();
            }
            case "status" -> status().encode();
            case "stop" -> {
                TestBridge.get(vertx.undeploy(deployment));
                yield "stopped";
            }
            default -> throw new IllegalArgumentException(command[0]);
        };
    }

    /** With what is left on the heap after a collection, and all direct memory, Netty's included. */
    private JsonObject status() {
        System.gc();
        var status = new JsonObject()
                .put(
                        "heap",
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed())
                .put("direct", Math.max(0, PlatformDependent.usedDirectMemory()));
        if (offers != null) {
            status.put("failures", offers.failures());
        }
        for (var route : BridgeStatus.of(vertx).routes()) {
            var counts = new JsonObject();
            for (var event : RouteEvent.values()) {
                counts.put(event.name(), route.counts().get(event));
            }
            status.put(
                    route.name(),
                    new JsonObject()
                            .put("condition", route.condition().name())
                            .put("open", route.open())
                            .put("buffered", route.buffered())
                            .put("bufferedBytes", route.bufferedBytes())
                            .put("counts", counts));
        }
        return status;
    }
}
