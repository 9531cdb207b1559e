package dev.busbar.launch;

import dev.busbar.codec.BusHeaders;
import dev.busbar.config.BufferConfig;
import dev.busbar.config.BusbarConfig;
import dev.busbar.config.OutboundRoute;
import dev.busbar.config.RouteConfig;
import dev.busbar.config.WhenFull;
import dev.busbar.topic.KeyTemplate;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;

/** Sends the messages of {@link DemoBuilds} to the broker, through an outbound route of their own. */
final class DemoStream extends VerticleBase {

    private static final String NAME = "demo";
    private static final String ADDRESS = "demo.events";
    private static final long PERIOD_MILLIS = 300;
    private static final long TRUNCATED_AFTER_MILLIS = 2_000;
    private static final long SEED = 17;

    private final DemoBuilds builds = new DemoBuilds(SEED);

    /** Returns the configuration with the outbound route of the demonstration added. */
    static BusbarConfig addRoute(BusbarConfig config) {
        if (config.routes().stream().anyMatch(route -> route.name().equals(NAME))) {
            throw new CommandFailure("--demo adds a route named '" + NAME + "', and the configuration has one of that"
                    + " name: rename it, or run without --demo");
        }
        var routes = new ArrayList<RouteConfig>(config.routes());
        routes.add(OutboundRoute.builder()
                .name(NAME)
                .address(ADDRESS)
                .key(KeyTemplate.parse("{" + BusHeaders.ROUTING_KEY + "}"))
                .exchange(config.exchange())
                .mandatory(false)
                .timeout(Duration.ofSeconds(10))
                .inFlight(100)
                .buffer(new BufferConfig(1_000, config.broker().maxMessageBytes(), WhenFull.DROP_OLDEST))
                .build());
        return config.withRoutes(routes);
    }

    @Override
    public Future<?> start() {
        vertx.setTimer(TRUNCATED_AFTER_MILLIS, id -> sendTruncated());
        vertx.setPeriodic(PERIOD_MILLIS, id -> builds.next(now()).forEach(this::send));
        return Future.succeededFuture();
    }

    /** Returns the time in whole seconds, as Buildbot does. */
    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    /** Sends a message with truncated JSON, so that the console has a dead letter to show. */
    private void sendTruncated() {
        var options = new DeliveryOptions()
                .addHeader(BusHeaders.ROUTING_KEY, "builds.16.finished")
                .addHeader(BusHeaders.CONTENT_TYPE, "application/json");
        vertx.eventBus().send(ADDRESS, Buffer.buffer("{\"buildid\": 16, \"builder\": \"linux-g"), options);
    }

    private void send(DemoBuilds.Event event) {
        var options = new DeliveryOptions().addHeader(BusHeaders.ROUTING_KEY, event.key());
        vertx.eventBus().send(ADDRESS, event.body(), options);
    }
}
