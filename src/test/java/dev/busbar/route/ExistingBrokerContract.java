package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitRelease;
import dev.busbar.testing.TlsFiles;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.BrokerUnderTest.Ability;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What others have set up on a RabbitMQ is used as it is, and unchanged after a clean stop. All of it is in a virtual
 * host with a slash in its name, and the user's password has to be percent-encoded.
 */
abstract class ExistingBrokerContract extends RouteFixture {

    private static final String PASSWORD = "50% p@ss/w:rd";
    private static final String ENCODED = "50%25%20p%40ss%2Fw%3Ard";

    private final RabbitNode node;
    private final String virtualHost = "a/" + exchange;
    private final String user = "user-of-" + exchange;
    private final String queue = exchange + "-q";
    private final ConnectionFactory factory = new ConnectionFactory();
    private Connection owner;
    private Channel channel;

    ExistingBrokerContract(RabbitNode node, BrokerUnderTest broker) {
        super(broker);
        this.node = node;
    }

    static List<ExistingSetup> setups() {
        return ExistingSetup.all();
    }

    @BeforeEach
    void addUser() throws Exception {
        // In one call, as each takes a third of a second.
        node.ctl(
                "eval",
                "rabbit_vhost:add(<<\"" + virtualHost + "\">>, <<\"test\">>)," + permitting("guest", ".*", ".*", ".*")
                        + "rabbit_auth_backend_internal:add_user(<<\"" + user + "\">>, <<\"" + PASSWORD
                        + "\">>, <<\"test\">>).");
        factory.setUri(node.amqpUri());
        factory.setVirtualHost(virtualHost);
        owner = factory.newConnection();
        channel = owner.createChannel();
    }

    @AfterEach
    void disconnectOwner() throws Exception {
        owner.close();
    }

    private String permitting(String who, String configure, String write, String read) {
        return Stream.of(who, virtualHost, configure, write, read, "test")
                .map(it -> "<<\"" + it.replace("\\", "\\\\") + "\">>")
                .collect(Collectors.joining(", ", "rabbit_auth_backend_internal:set_permissions(", "),"));
    }

    private void permit(List<String> permissions) {
        node.ctl("eval", permitting(user, permissions.get(0), permissions.get(1), permissions.get(2)) + "ok.");
    }

    @ParameterizedTest
    @MethodSource("setups")
    void isUsedAsItIsAndLeftUnchanged(ExistingSetup setup) throws Exception {
        if (setup.needsDeclaring()) {
            broker.assume(Ability.DECLARING);
        }
        arrange(setup);
        var before = definitions();

        var id = use(setup.routeOf(exchange, queue), setup.isOverTls());
        if (setup.isOutbound()) {
            get(vertx.eventBus().request("changes", "expected"));
            awaitIn(queue);
        } else {
            var in = setup.published().exchange().replace("E", exchange);
            channel.basicPublish(in, "a.b", setup.properties(), "\"expected\"".getBytes(StandardCharsets.UTF_8));
            if (setup.isFailing()) {
                awaitIn(queue + "-dead");
            } else {
                eventually(() -> assertThat(count("in", RouteEvent.HANDLED)).isEqualTo(1));
            }
        }
        get(vertx.undeploy(id));

        // The position in a stream stays, for the next start.
        assertThat(definitions().stream().filter(it -> !it.contains(".position.")))
                .containsExactlyInAnyOrderElementsOf(before);
    }

    private void awaitIn(String place) {
        eventually(() -> {
            var taken = channel.basicGet(place, true);
            assertThat(taken).isNotNull();
            assertThat(new String(taken.getBody(), StandardCharsets.UTF_8)).contains("expected");
        });
    }

    /** What a broker lists of the consumers of a queue. */
    private String consumers() {
        return node.ctl("list_consumers", "--vhost", virtualHost);
    }

    private String deployConsumer(String consumer) throws Exception {
        return deployConsumer("in", consumer);
    }

    private String deployConsumer(String route, String consumer) throws Exception {
        channel.queueDeclare(queue, true, false, false, Map.of());
        permit(List.of("^$", "^$", ".*"));
        return use(json("{'name': '" + route + "', 'from': {'queue': {'name': '" + queue
                + "', 'declare': 'passive'}, 'consumer': " + consumer
                + "}, 'to': {'address': 'builds', 'delivery': 'request'}, 'onFailure': {'then': 'drop'}}"));
    }

    @Test
    void aConsumerHasThePriorityThatIsConfigured() throws Exception {
        Assumptions.assumeTrue(broker.abilities().contains(Ability.DECLARING), "RabbitMQ 3 has none over AMQP 1.0");
        deployConsumer("{'priority': 7}");
        assertThat(consumers()).contains(queue).contains("7");
        undeployAll();
    }

    @Test
    void aConsumerHasTheTagAndTheArgumentsThatAreConfigured() throws Exception {
        var consumer = "{'tag': 'of-busbar', 'exclusive': true, 'arguments': {'x-mine': 'yes'}}";
        if (broker.uri().isAmqp10()) {
            assertThatThrownBy(() -> deployConsumer(consumer)).hasMessageContaining("from.consumer");
            return;
        }
        deployConsumer(consumer);
        assertThat(consumers()).contains("of-busbar").contains("x-mine");
        assertThatThrownBy(() -> deployConsumer("second", "{}"))
                .hasStackTraceContaining("in use by another consumer")
                .hasStackTraceContaining("from.consumer.exclusive");
        assertThatThrownBy(() -> channel.basicConsume(queue, new DefaultConsumer(channel)))
                .hasStackTraceContaining("exclusive");
        undeployAll();
    }

    private void undeployAll() {
        vertx.deploymentIDs().forEach(id -> get(vertx.undeploy(id)));
    }

    private void arrange(ExistingSetup setup) throws Exception {
        try {
            setup.arrange().on(channel, exchange, queue);
        } catch (IOException refused) {
            Assumptions.abort("this RabbitMQ has none: " + refused.getCause());
        }
        if (setup.isOfPolicy()) {
            limitByPolicy(queue);
        }
        if (setup.isByDefaultQuorum()) {
            Assumptions.assumeTrue(
                    node.release().isAtLeast(RabbitRelease.V4_0), "a virtual host of RabbitMQ 3.10 has no metadata");
            node.ctl("update_vhost_metadata", virtualHost, "--default-queue-type", "quorum");
        }
        permit(setup.permissionsOf(exchange, queue));
    }

    private void limitByPolicy(String limited) {
        node.ctl(
                "set_policy",
                "--vhost",
                virtualHost,
                "limits",
                "^" + limited + "$",
                "{\"max-length\": 10, \"expires\": 600000}");
    }

    private String use(JsonObject route) {
        return use(route, false);
    }

    private String use(JsonObject route, boolean overTls) {
        vertx.eventBus().consumer("builds", message -> {
            assertThat(message.body()).isEqualTo("expected");
            message.reply(null);
        });
        vertx.eventBus().consumer("failing", message -> message.fail(1, "never"));
        var config = configOf(route);
        if (overTls) {
            var uri = config.getJsonObject("broker").getString("uri");
            config.getJsonObject("broker")
                    .put("uri", uri.replace("://", "s://").replace(":" + node.port(), ":" + node.tlsPort()))
                    .put(
                            "tls",
                            new JsonObject().put("trust", TlsFiles.get().ca().toString()));
        }
        return get(vertx.deployVerticle(BridgeVerticle.class, new DeploymentOptions().setConfig(config)));
    }

    private JsonObject configOf(JsonObject... routes) {
        var uri = broker.uriText()
                .replace("guest:guest@", user + ":" + ENCODED + "@")
                .replaceFirst("/%2F$", "/" + virtualHost.replace("/", "%2F"));
        var config = config(routes);
        config.put("exchange", new JsonObject().put("name", "unused").put("declare", false));
        config.getJsonObject("broker").put("uri", uri);
        return config;
    }

    @Test
    void allOfItIsUnchangedWhenBusbarIsKilled(@TempDir Path folder) throws Exception {
        var routes = new ArrayList<JsonObject>();
        var consumed = new ArrayList<String>();
        for (var setup : setups()) {
            if (setup.needsDeclaring() && !broker.abilities().contains(Ability.DECLARING)
                    || setup.isByDefaultQuorum()
                    || setup.isOverTls()) {
                continue;
            }
            var own = exchange + "-" + routes.size();
            try (var connection = factory.newConnection();
                    var opened = connection.createChannel()) {
                setup.arrange().on(opened, own, own + "-q");
            } catch (IOException refused) {
                continue;
            }
            if (setup.isOfPolicy()) {
                limitByPolicy(own + "-q");
            }
            var route = setup.routeOf(own, own + "-q").put("name", own);
            if (!setup.isOutbound()) {
                route.getJsonObject("to").put("address", own).put("delivery", "publish");
            }
            // RabbitMQ does not count the consumers of a stream.
            if (!setup.isOutbound() && !setup.needsDeclaring() && !setup.isStream()) {
                consumed.add(own);
            }
            routes.add(route);
        }
        permit(List.of(".*", ".*", ".*"));
        var before = definitions();
        var config = configOf(routes.toArray(JsonObject[]::new))
                .put("web", new JsonObject().put("enabled", false))
                .put("management", new JsonObject().put("port", 0));

        try (var busbar = BusbarProcess.start(folder, config)) {
            for (var own : consumed) {
                assertThat(channel.consumerCount(own + "-q")).as(own).isEqualTo(1);
            }
            busbar.signal("KILL");
            assertThat(busbar.exit()).isEqualTo(137);
        }

        assertThat(definitions()).containsAll(before);
        assertThat(definitions().stream()
                        .filter(it -> !before.contains(it))
                        .filter(it -> !it.contains("-own") && !it.contains(".position.")))
                .isEmpty();
    }

    /** Returns what is in the virtual host, as the broker itself writes it. */
    private Set<String> definitions() {
        var all = new JsonObject(node.ctl("export_definitions", "-"));
        return Stream.of("queues", "exchanges", "bindings", "policies", "permissions", "parameters")
                .flatMap(kind -> all.getJsonArray(kind, new JsonArray()).stream()
                        .map(JsonObject.class::cast)
                        .filter(it -> virtualHost.equals(it.getString("vhost")))
                        .map(it -> kind + " " + it.encode()))
                .collect(Collectors.toSet());
    }
}
