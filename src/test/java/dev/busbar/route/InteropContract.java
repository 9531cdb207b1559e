package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.busbar.config.ConfigLoader;
import dev.busbar.testing.Requirement;
import dev.busbar.testing.broker.BrokerUnderTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Foreign clients and the bridge meet on one exchange: kombu, and the command line tools of rabbitmq-c. */
abstract class InteropContract extends RouteFixture {

    InteropContract(BrokerUnderTest broker) {
        super(broker);
    }

    private static String pythonWithKombu() {
        return Requirement.python("kombu", "python3-kombu").orSkip().toString();
    }

    private static void requireAmqpTools() {
        Requirement.command("amqp-publish", "amqp-tools").orSkip();
    }

    private static final JsonObject OUT =
            json("{'name': 'out', 'from': {'address': 'changes'}, 'to': {'key': 'changes.{id}.new'}}");

    private JsonObject in() {
        return json("{'name': 'in', 'from': {'filter': 'builds.#', 'queue': {'name': '" + exchange
                + "-q', 'life': 'until-stop'}}, 'to': {'address': 'builds', 'delivery': 'request'}}");
    }

    private List<Message<Object>> collect() {
        var received = new CopyOnWriteArrayList<Message<Object>>();
        get(vertx.eventBus()
                .localConsumer("builds", message -> {
                    received.add(message);
                    message.reply(null);
                })
                .completion());
        return received;
    }

    private static Process start(String... command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String run(String... command) throws Exception {
        var process = start(command);
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            fail(String.join(" ", command) + ":\n" + output);
        }
        return output;
    }

    private static String script(String name) {
        return Path.of("src/test/resources/kombu", name).toString();
    }

    @Test
    void whatKombuPublishesArrivesDecoded() throws Exception {
        broker.assume(BrokerUnderTest.Ability.FAITHFUL_CONVERSION);
        var python = pythonWithKombu();
        var received = collect();
        deploy(in());
        run(python, script("publish.py"), broker.uri091(), exchange);

        eventually(() -> assertThat(received).hasSize(8));
        var body = new JsonObject()
                .put("id", 17)
                .put("text", "grüße")
                .put("list", new JsonArray().add(1).add(2.5).addNull().add(true));
        assertThat(received.get(0).body()).isEqualTo(body);
        assertThat(received.get(0).headers().get("x-master")).isEqualTo("m1");
        assertThat(received.get(0).headers().get("x-n")).isEqualTo("7");
        assertThat(received.get(1).body()).isEqualTo(body);
        assertThat(received.get(2).body()).isEqualTo(body);
        var at = Instant.parse("2014-03-01T12:00:00Z");
        assertThat(((JsonObject) received.get(3).body()).getInstant("at")).isEqualTo(at);
        assertThat(((JsonObject) received.get(4).body()).getInstant("at")).isEqualTo(at);
        assertThat(received.get(5).body()).isEqualTo("plain");
        assertThat(received.get(6).body()).isEqualTo(Buffer.buffer(new byte[] {0, 1}));
        assertThat(received.get(7).body()).isEqualTo(new JsonObject().put("last", true));
        assertThat(take(exchange + ".dead-letter").header("x-busbar-reason"))
                .asString()
                .contains("pickle");
    }

    @Test
    void kombuReadsWhatTheBridgePublishes() throws Exception {
        broker.assume(BrokerUnderTest.Ability.FAITHFUL_CONVERSION);
        var python = pythonWithKombu();
        get(vertx.deployVerticle(
                new BridgeVerticle(ConfigLoader.fromJson(declared(config(OUT).put("datetimes", "kombu"))))));
        var consumer = start(python, script("consume.py"), broker.uri091(), exchange, "changes.#", "2");
        try (var lines = new BufferedReader(new InputStreamReader(consumer.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("READY");
            var at = Instant.parse("2014-03-01T12:00:00Z");
            get(vertx.eventBus()
                    .request(
                            "changes",
                            new JsonObject().put("id", 1).put("text", "grüße").put("at", at)));
            get(vertx.eventBus().request("changes", new JsonObject().put("id", 2)));
            var first = new JsonObject(lines.readLine());
            assertThat(first.getString("key")).isEqualTo("changes.1.new");
            assertThat(first.getString("contentType")).isEqualTo("application/json");
            assertThat(first.getInteger("deliveryMode")).isEqualTo(2);
            assertThat(first.getString("messageId")).isNotEmpty();
            assertThat(first.getJsonObject("body").getString("text")).isEqualTo("grüße");
            assertThat(first.getJsonObject("body").getValue("at").toString()).contains("2014-03-01T12:00:00");
            assertThat(new JsonObject(lines.readLine()).getJsonObject("body")).isEqualTo(new JsonObject().put("id", 2));
        } finally {
            consumer.destroyForcibly();
        }
    }

    @Test
    void amqpPublishAndAmqpConsumeTalkToTheBridge() throws Exception {
        requireAmqpTools();
        var received = collect();
        deploy(in(), OUT);
        run("amqp-publish", "-u", broker.uri091(), "-e", exchange, "-r", "builds.17.finished", "-b", "{\"id\":17}");
        eventually(() -> assertThat(received).hasSize(1));
        assertThat(received.get(0).body()).isEqualTo(new JsonObject().put("id", 17));

        var queue = exchange + "-tools";
        foreign.declareAutoDeleteQueue(queue);
        foreign.bind(queue, exchange, "changes.#");
        var lines = new ArrayList<String>();
        var consumer = start("amqp-consume", "-u", broker.uri091(), "-q", queue, "-c", "1", "cat");
        get(vertx.eventBus().request("changes", new JsonObject().put("id", 4)));
        try (var output =
                new BufferedReader(new InputStreamReader(consumer.getInputStream(), StandardCharsets.UTF_8))) {
            output.lines().forEach(lines::add);
        } finally {
            consumer.destroyForcibly();
        }
        assertThat(String.join("", lines)).contains("{\"id\":4}");
    }
}
