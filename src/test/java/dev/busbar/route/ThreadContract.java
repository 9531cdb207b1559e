package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.testing.BrokerThreads;
import dev.busbar.testing.broker.BrokerUnderTest;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Fifty routes under load: no thread of their own, and all their work on one event loop. */
abstract class ThreadContract extends RouteFixture {

    private static final int PAIRS = 25;

    ThreadContract(BrokerUnderTest broker) {
        super(broker);
    }

    /**
     * Threads that belong to the application anyway: event loops, Vert.x's workers, which end their tasks, and Netty's
     * thread that ends the event loops of whoever has closed a Vert.x before.
     */
    private static boolean ofVertx(String thread) {
        return thread.startsWith("vert.x-eventloop-thread-")
                || thread.startsWith("vert.x-worker-thread-")
                || thread.startsWith("globalEventExecutor-")
                || thread.equals("vertx-blocked-thread-checker");
    }

    int messages() {
        return 15_000;
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).collect(Collectors.toSet());
    }

    private JsonObject[] routes() {
        var routes = new ArrayList<JsonObject>();
        for (var i = 0; i < PAIRS; i++) {
            routes.add(json("{'name': 'out" + i + "', 'from': {'address': 'out" + i + "'}, 'to': {'key': 'k." + i
                    + "'}, 'timeout': '1m', 'buffer': {'messages': 100000}}"));
            routes.add(json("{'name': 'in" + i + "', 'from': {'filter': 'k." + i + "', 'queue': {'name': '" + exchange
                    + "-" + i + "', 'life': 'until-stop'}}, 'to': {'address': 'in" + i + "', 'delivery': 'request'}}"));
        }
        return routes.toArray(JsonObject[]::new);
    }

    @Test
    void fiftyRoutesAddNoThreadAndWorkOnTheVerticlesEventLoop() throws Exception {
        var handled = new AtomicInteger();
        var handlers = ConcurrentHashMap.<String>newKeySet();
        for (var i = 0; i < PAIRS; i++) {
            vertx.eventBus().localConsumer("in" + i, message -> {
                handlers.add(Thread.currentThread().getName());
                handled.incrementAndGet();
                message.reply(null);
            });
        }
        var config = declared(config(routes()));
        var before = threads();
        get(vertx.deployVerticle(BridgeVerticle.class, new DeploymentOptions().setConfig(config)));
        for (var i = 0; i < messages(); i++) {
            vertx.eventBus().send("out" + i % PAIRS, new JsonObject().put("n", i));
        }

        var extra = new TreeSet<String>();
        var working = new TreeSet<String>();
        await().pollInSameThread()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    Thread.getAllStackTraces().forEach((thread, stack) -> {
                        var name = thread.getName();
                        if (!before.contains(name) && !ofVertx(name) && !BrokerThreads.include(name)) {
                            extra.add(name);
                        }
                        if (onMessagePath(stack)) {
                            working.add(name);
                        }
                    });
                    return handled.get() >= messages();
                });

        assertThat(extra).as("threads beyond Vert.x's").isEmpty();
        assertThat(working)
                .as("threads that decode, publish and settle")
                .hasSize(1)
                .allMatch(name -> name.startsWith("vert.x-eventloop-thread-"));
        assertThat(handlers).allMatch(name -> name.startsWith("vert.x-eventloop-thread-"));
    }

    private static boolean onMessagePath(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .map(StackTraceElement::getClassName)
                .anyMatch(type -> type.startsWith("dev.busbar.codec.")
                        || type.endsWith(".SettlementBatch")
                        || type.endsWith(".ChannelSession")
                        || type.endsWith(".MessageMapping")
                        || type.endsWith(".Receiving")
                        || type.endsWith(".SenderLinks"));
    }
}
