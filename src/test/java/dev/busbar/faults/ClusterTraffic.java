package dev.busbar.faults;

import static dev.busbar.faults.TestBridge.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.faults.Sightings.Life;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.broker.Admin;
import dev.busbar.testing.broker.RabbitMq;
import dev.busbar.testing.broker.Wire091;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Numbered messages from one publisher to a cluster with a route of each scope, and the books of which node was given
 * what: {@code competing} with handlers on any node, {@code singleton}, and three of scope {@code per-node}:
 * {@code lasting}, whose queues are persistent, {@code resting}, which has them until a clean stop, and
 * {@code passing}, which has transient ones.
 */
final class ClusterTraffic implements AutoCloseable {

    static final List<String> NODES = List.of("a", "b", "c");
    static final String QUORUM = "quorum";
    static final String CLASSIC = "classic";

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration SOON = Duration.ofSeconds(90);

    final ClusterNodes nodes;
    final Sightings competing = new Sightings("competing");
    final Sightings singleton = new Sightings("singleton");
    final Sightings lasting = new Sightings("lasting");
    final Sightings resting = new Sightings("resting");
    final Sightings passing = new Sightings("passing");
    private final String exchange = "cl-" + UUID.randomUUID().toString().substring(0, 8);
    private final Ledger published = new Ledger("published");
    private final Map<Life, Integer> publishedAtStart = new ConcurrentHashMap<>();
    private final Map<Life, Integer> breaks = new ConcurrentHashMap<>();
    private final RabbitNode broker;
    private final boolean passes;
    private final int perSecond;
    private Pace pace;
    private ForeignPublisher publisher;

    /**
     * @param broker of the publisher
     * @param uris where the nodes find a broker
     * @param type of lasting queues
     */
    ClusterTraffic(Path folder, RabbitNode broker, List<String> uris, String type, int perSecond) throws Exception {
        this(folder, broker, uris, type, type, true, perSecond);
    }

    /**
     * @param untilStopType of those that go at a clean stop
     * @param passes whether there is the route of transient queues
     */
    ClusterTraffic(
            Path folder,
            RabbitNode broker,
            List<String> uris,
            String type,
            String untilStopType,
            boolean passes,
            int perSecond)
            throws Exception {
        this.broker = broker;
        this.passes = passes;
        try (var foreign = new RabbitMq(broker).admin()) {
            foreign.declareExchange(exchange, "topic");
        }
        nodes = new ClusterNodes(
                        folder,
                        config(uris, type, untilStopType),
                        List.of("competing", "lasting", "resting", "passing"),
                        NODES.toArray(String[]::new))
                .handlingHere(List.of("singleton"))
                .telling(this::seen);
        this.perSecond = perSecond;
    }

    private JsonObject config(List<String> uris, String type, String untilStopType) {
        var routes = new JsonArray();
        routes.add(lasting("competing", "competing", "", type, "persistent"));
        routes.add(lasting("singleton", "singleton", "", type, "persistent"));
        routes.add(lasting("lasting", "per-node", ".{node}", type, "persistent"));
        routes.add(lasting("resting", "per-node", ".{node}", untilStopType, "until-stop"));
        if (passes) {
            routes.add(new JsonObject("""
                    {"name": "passing", "from": {"filter": "in.*"}, "to": {"address": "passing"}}"""));
        }
        routes.add(new JsonObject("""
                {"name": "out", "from": {"address": "out"}, "to": {"key": "out.{n}"}, "timeout": "10m"}"""));
        return new JsonObject()
                .put(
                        "broker",
                        new JsonObject()
                                .put("uri", new JsonArray(uris))
                                .put("heartbeat", "5s")
                                .put("connectTimeout", "3s")
                                .put("reconnect", new JsonObject().put("max", "1s")))
                .put("exchange", exchange)
                .put("routes", routes);
    }

    private JsonObject lasting(String name, String scope, String suffix, String type, String life) {
        var queue = new JsonObject()
                .put("name", exchange + "." + name + suffix)
                .put("life", life)
                .put("type", type);
        if (type.equals(QUORUM)) {
            // RabbitMQ 4.3 keeps for a minute what a consumer of a killed node held, and its place as the active one.
            queue.put("arguments", new JsonObject().put("x-consumer-disconnected-timeout", 2_000));
        }
        return json("{'name': '" + name + "', 'scope': '" + scope
                        + "', 'timeout': '2s', 'onFailure': {'attempts': 10000,"
                        + " 'backoff': {'initial': '50ms', 'max': '500ms'}}}")
                .put("to", new JsonObject().put("address", name).put("delivery", "request"))
                .put("from", new JsonObject().put("filter", "in.*").put("queue", queue));
    }

    private void seen(Life life, String address, int n, String id, boolean marked) {
        var sightings = switch (address) {
            case "competing" -> competing;
            case "singleton" -> singleton;
            case "lasting" -> lasting;
            case "resting" -> resting;
            default -> passing;
        };
        sightings.seen(life, n, id, marked);
    }

    /** Returns when its routes work. */
    ClusterNode start(String node) throws Exception {
        var started = nodes.start(node);
        publishedAtStart.put(started.life(), pace == null ? 0 : pace.allowed());
        return started;
    }

    /** All that there may be, the first one first; in the order of their names. */
    List<ClusterNode> startAll() throws Exception {
        start(NODES.get(0));
        start(NODES.subList(1, NODES.size()));
        return nodes.latest();
    }

    /** At the same time; there is one already that they join. */
    void start(List<String> names) throws Exception {
        var threads = Executors.newFixedThreadPool(names.size());
        try {
            for (var started : threads.invokeAll(names.stream()
                    .map(name -> (Callable<ClusterNode>) () -> start(name))
                    .toList())) {
                started.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    void startPublishing() {
        pace = Pace.of(perSecond);
        publisher = new ForeignPublisher(new Wire091(broker.amqpUri()), exchange, "in", published, pace);
        publisher.start();
    }

    /** What is transient may be interrupted once more in this life. */
    void interrupted(ClusterNode node) {
        breaks.merge(node.life(), 1, Integer::sum);
    }

    /** How many are published, or about to be. */
    int allowed() {
        return pace.allowed();
    }

    /** Messages published from now on get through to all that last, on whatever node. */
    void awaitProgress(int messages) {
        var goal = published.safe() + messages;
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Math.min(competing.seen(), singleton.seen()))
                        .as("%s; %s", competing, singleton)
                        .isGreaterThanOrEqualTo(goal));
    }

    /**
     * Ends the publishing, awaits all that is published, and checks it; all nodes are there.
     *
     * @param changes how often another node may have become the active one
     */
    int assertComplete(int changes) {
        pace.end();
        var count = pace.allowed();
        try {
            await().atMost(PATIENCE).untilAsserted(() -> assertAllSeen(count));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(e.getMessage() + "\nQueues:\n" + standOfQueues(), e);
        }
        awaitQueuesEmpty();

        var again = publisher.publishedAgain();
        List.of(competing, singleton, lasting, resting, passing).forEach(it -> it.publishedAgain(again));
        competing.assertCompeting(count);
        singleton.assertSingleton(count, changes);
        lasting.assertPerNode(count, NODES);
        resting.assertWhileThere(publishedAtStart::get, life -> 0);
        if (passes) {
            passing.assertWhileThere(publishedAtStart::get, life -> breaks.getOrDefault(life, 0));
        }
        return count;
    }

    private void assertAllSeen(int count) {
        assertThat(published.safe()).as("published").isEqualTo(count);
        assertThat(competing.seen()).as("%s, of %d", competing, count).isEqualTo(count);
        assertThat(singleton.seen()).as("%s, of %d", singleton, count).isEqualTo(count);
        for (var node : NODES) {
            assertThat(lasting.seen(node))
                    .as("%s on %s, of %d", lasting, node, count)
                    .isEqualTo(count);
        }
    }

    /** Tells a message that waits in a queue from one that a consumer holds, and from one that is lost. */
    private String standOfQueues() {
        return broker.ctl("list_queues", "name", "messages_ready", "messages_unacknowledged", "consumers", "state");
    }

    private void awaitQueuesEmpty() {
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(depths().values()).as("%s", depths()).containsOnly(0L));
    }

    /** All queues of these routes that there are. */
    Set<String> queues() {
        return new TreeSet<>(depths().keySet());
    }

    String resting(String node) {
        return exchange + ".resting." + node;
    }

    /** Those which outlive the nodes. */
    Set<String> lastingQueues() {
        var names = NODES.stream()
                .map(node -> exchange + ".lasting." + node)
                .collect(Collectors.toCollection(TreeSet::new));
        names.addAll(List.of(exchange + ".competing", exchange + ".singleton", exchange + ".dead-letter"));
        return names;
    }

    private Map<String, Long> depths() {
        return broker.ctl("list_queues", "name", "messages")
                .lines()
                .map(line -> line.split("\t"))
                // Without a number while its node is away.
                .filter(words -> words.length == 2)
                .collect(Collectors.toMap(line -> line[0], line -> Long.parseLong(line[1])));
    }

    String exchange() {
        return exchange;
    }

    Admin admin() {
        return new RabbitMq(broker).admin();
    }

    @Override
    public String toString() {
        return published.safe() + " published; " + competing + "; " + singleton + "; " + lasting + "; " + resting + "; "
                + passing;
    }

    @Override
    public void close() {
        if (publisher != null) {
            publisher.close();
        }
        nodes.close();
    }
}
