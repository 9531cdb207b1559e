package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.broker.BrokerUnderTest;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Routes of users of RabbitMQ who may do no more than what their routes do to what others declared. */
abstract class LeastPermissionContract extends RouteFixture {

    private static final String NOTHING = "^$";
    private static final String PASSWORD = "p@ss/w:rd";

    private final RabbitNode node;
    private final String user = "user-of-" + exchange;
    private final String queue = exchange + "-q";

    LeastPermissionContract(RabbitNode node, BrokerUnderTest broker) {
        super(broker);
        this.node = node;
    }

    @BeforeEach
    void declareWhatOthersHave() {
        node.ctl("add_user", user, PASSWORD);
        foreign.declareExchange(exchange, "topic");
        foreign.declareQueue(queue);
        foreign.bind(queue, exchange, "#");
    }

    @AfterEach
    void deleteWhatOthersHave() {
        foreign.deleteQueue(queue);
        node.ctl("delete_user", user);
    }

    private void permit(String write, String read) {
        node.ctl("set_permissions", user, NOTHING, write, read);
    }

    private JsonObject asUser(JsonObject... routes) {
        var config = config(routes);
        var login = user + ":" + URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8) + "@";
        config.getJsonObject("broker").put("uri", broker.uriText().replace("guest:guest@", login));
        return config;
    }

    private JsonObject inbound(String declare) {
        return json("{'name': 'in', 'from': {'queue': {'name': '" + queue + "'" + declare + "}},"
                + " 'to': {'address': 'builds'}, 'onFailure': {'attempts': 1, 'then': 'drop'}}");
    }

    private void consumes(String declare) {
        permit(NOTHING, ".*");
        vertx.eventBus().<String>consumer("builds", message -> {
            if (message.body().equals("bad")) {
                message.fail(1, "it is bad");
            } else {
                message.reply(null);
            }
        });
        var id = get(vertx.deployVerticle(BridgeVerticle.class, options(asUser(inbound(declare)))));
        for (var body : List.of("\"good\"", "\"bad\"", "\"good\"")) {
            publish("a.b", body);
        }

        eventually(() -> assertThat(count("in", RouteEvent.HANDLED)).isEqualTo(2));
        eventually(() -> assertThat(count("in", RouteEvent.DROPPED)).isEqualTo(1));
        assertThat(status("in").condition()).isEqualTo(RouteStatus.Condition.READY);
        get(vertx.undeploy(id));
        assertThat(depth(queue)).isZero();
        assertThat(foreign.queueExists(queue)).isTrue();
    }

    private static DeploymentOptions options(JsonObject config) {
        return new DeploymentOptions().setConfig(config);
    }

    @Test
    void readingSufficesToConsumeAQueue() {
        consumes("");
    }

    @Test
    void readingSufficesToConsumeAQueueThatIsLookedFor() {
        consumes(", 'declare': 'passive'");
    }

    @Test
    void readingSufficesToConsumeAQueueThatIsTrustedToExist() {
        consumes(", 'declare': false");
    }

    private void publishes(String declare) {
        permit(exchange, NOTHING);
        var route = json("{'name': 'out', 'from': {'address': 'changes'}, 'to': {'key': 'k', 'exchange': {'name': '"
                + exchange + "', 'declare': " + declare + "}}}");
        var config = asUser(route);
        config.put("exchange", json("{'name': '" + exchange + "', 'declare': " + declare + "}"));
        var id = get(vertx.deployVerticle(BridgeVerticle.class, options(config)));

        get(vertx.eventBus().request("changes", "of one who may write only"));
        assertThat(take(queue).text()).contains("of one who may write only");
        assertThat(status("out").condition()).isEqualTo(RouteStatus.Condition.READY);
        get(vertx.undeploy(id));
    }

    @Test
    void writingSufficesToPublishToAnExchangeThatIsTrustedToExist() {
        publishes("false");
    }

    @Test
    void writingSufficesToPublishToAnExchangeThatIsLookedFor() {
        publishes("'passive'");
    }
}
