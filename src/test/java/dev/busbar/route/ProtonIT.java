package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.Requirement;
import dev.busbar.testing.Shell;
import dev.busbar.testing.broker.EmbeddedBrokerJ;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A foreign client of AMQP 1.0, Qpid Proton, and the bridge meet on one exchange. */
class ProtonIT extends RouteFixture {

    private String python;

    ProtonIT() {
        super(EmbeddedBrokerJ.shared10());
    }

    @BeforeEach
    void find() {
        python = Requirement.python("proton", "python3-qpid-proton").orSkip().toString();
    }

    private JsonObject in() {
        return json("{'name': 'in', 'from': {'filter': 'builds.#', 'queue': {'name': '" + exchange
                + "-q', 'life': 'until-stop'}}, 'to': {'address': 'builds', 'delivery': 'request'}}");
    }

    private ProcessBuilder script(String name, String... arguments) {
        var command = new ArrayList<>(
                List.of(python, Path.of("src/test/resources/proton", name).toString()));
        command.add("amqp://guest:guest@127.0.0.1:" + broker.uri().port());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true);
    }

    @Test
    void whatProtonSendsArrivesDecoded() throws Exception {
        var received = new CopyOnWriteArrayList<Message<Object>>();
        get(vertx.eventBus()
                .localConsumer("builds", message -> {
                    received.add(message);
                    message.reply(null);
                })
                .completion());
        deploy(in());

        Shell.run(script("publish.py", exchange));

        eventually(() -> assertThat(received).hasSize(7));
        var text = received.get(0);
        assertThat(text.body()).isEqualTo("grüße");
        var headers = text.headers();
        assertThat(headers.get("amqp-routing-key")).isEqualTo("builds.1.finished");
        assertThat(headers.get("amqp-exchange")).isEqualTo(exchange);
        assertThat(headers.get("amqp-message-id")).isEqualTo("m-1");
        assertThat(headers.get("amqp-correlation-id")).isEqualTo("17");
        assertThat(headers.get("amqp-reply-to")).isEqualTo("answers");
        assertThat(headers.get("text")).isEqualTo("tüv");
        assertThat(headers.get("int")).isEqualTo("7");
        assertThat(headers.get("double")).isEqualTo("2.5");
        assertThat(headers.get("yes")).isEqualTo("true");
        assertThat(headers.get("time")).isEqualTo("2014-03-01T12:00:00Z");
        assertThat(headers.get("uuid")).isEqualTo("00112233-4455-6677-8899-aabbccddeeff");
        assertThat(received.get(1).body())
                .isEqualTo(new JsonObject()
                        .put("id", 17)
                        .put("text", "grüße")
                        .put("list", new JsonArray().add(1).add(2.5).addNull().add(true))
                        .put("nested", new JsonObject().put("a", "b")));
        assertThat(received.get(2).body()).isEqualTo(Buffer.buffer(new byte[] {0, 1}));
        assertThat(received.get(3).body()).isEqualTo(Buffer.buffer(new byte[] {0, 2}));
        assertThat(received.get(4).body()).isEqualTo(new JsonObject().put("id", 18));
        assertThat(received.get(5).body()).isEqualTo(new JsonArray().add(1).add("two"));
        assertThat(received.get(6).body()).isEqualTo(Buffer.buffer());
    }

    @Test
    void protonReadsWhatTheBridgePublishes() throws Exception {
        deploy(
                json("{'name': 'out', 'from': {'address': 'changes'}, 'to': {'key': 'changes.{id}.new'}}"),
                json("{'name': 'fleeting', 'from': {'address': 'gossip'}, 'to': {'key': 'changes.gossip', 'persistent':"
                        + " false}}"));
        var queue = bound("changes.#");
        var consumer = script("consume.py", queue, "2").start();
        try (var lines = lines(consumer)) {
            assertThat(lines.readLine()).isEqualTo("READY");
            var options = new DeliveryOptions()
                    .addHeader("amqp-message-id", "m-1")
                    .addHeader("amqp-correlation-id", "c-1")
                    .addHeader("amqp-type", "kind")
                    .addHeader("x-master", "m1");
            get(vertx.eventBus()
                    .request("changes", new JsonObject().put("id", 1).put("text", "grüße"), options));
            get(vertx.eventBus().request("gossip", "psst"));

            var first = new JsonObject(lines.readLine());
            assertThat(first.getString("to")).isEqualTo(exchange + "/changes.1.new");
            assertThat(new JsonObject(first.getString("body")))
                    .isEqualTo(new JsonObject().put("id", 1).put("text", "grüße"));
            assertThat(first.getBoolean("data")).isTrue();
            assertThat(first.getString("contentType")).isEqualTo("application/json");
            assertThat(first.getString("id")).isEqualTo("m-1");
            assertThat(first.getString("correlationId")).isEqualTo("c-1");
            assertThat(first.getString("subject")).isEqualTo("kind");
            assertThat(first.getBoolean("durable")).isTrue();
            assertThat(first.getJsonObject("properties").getString("x-master")).isEqualTo("m1");
            var second = new JsonObject(lines.readLine());
            assertThat(second.getString("body")).isEqualTo("\"psst\"");
            assertThat(second.getString("id")).isNotEmpty();
            assertThat(second.getBoolean("durable")).isFalse();
        } finally {
            consumer.destroyForcibly();
        }
    }

    @Test
    void whatProtonAsksIsAnswered() throws Exception {
        get(vertx.eventBus()
                .<JsonObject>localConsumer(
                        "builds",
                        message -> message.reply(
                                new JsonObject().put("answer", message.body().getString("question") + "!")))
                .completion());
        deploy(in());

        var answers = Shell.run(script("request.py", exchange + "/builds.ask", "who", "wörum"))
                .lines()
                .map(JsonObject::new)
                .toList();

        assertThat(answers)
                .extracting(answer -> answer.getJsonObject("body").getString("answer"))
                .containsExactly("who!", "wörum!");
    }

    private static BufferedReader lines(Process process) throws IOException {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
}
