package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.NodePackages;
import dev.busbar.testing.Requirement;
import dev.busbar.testing.Shell;
import dev.busbar.testing.broker.BrokerUnderTest;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Headers of every type that clients of AMQP 0-9-1 write arrive as what they are, and so does what follows. */
abstract class ForeignHeaderContract extends RouteFixture {

    private static final Map<String, String> COMMON = Map.ofEntries(
            Map.entry("true", "true boolean"),
            Map.entry("text", "grüße"),
            Map.entry("decimal", "3.14 decimal"),
            Map.entry("negative", "-1099511627776 long"),
            Map.entry("beyond-int", "2147483648 long"),
            Map.entry("int", "2147483647 int"),
            Map.entry("nested", "{\"at\":1099511627776,\"list\":[1099511627776,\"a\",{\"b\":2199023255552}]} map"));

    private final List<Message<Object>> received = new CopyOnWriteArrayList<>();

    ForeignHeaderContract(BrokerUnderTest broker) {
        super(broker);
    }

    final JsonObject inbound() {
        return json("{'name': 'in', 'from': {'filter': 'builds.#', 'queue': {'name': '" + exchange
                + "-q', 'life': 'until-stop'}}, 'to': {'address': 'builds', 'delivery': 'request'}}");
    }

    static String script(String name) {
        return Path.of("src/test/resources/clients", name).toString();
    }

    /** Values and types, once the message with them and the one behind it have arrived. */
    Map<String, String> headersFrom(ProcessBuilder client) throws IOException {
        get(vertx.eventBus()
                .localConsumer("builds", message -> {
                    received.add(message);
                    message.reply(null);
                })
                .completion());
        deploy(inbound());
        Shell.run(client);
        eventually(() -> assertThat(received).hasSize(2));
        assertThat(received.get(0).body()).isEqualTo(1);
        assertThat(received.get(1).body()).isEqualTo(2);
        assertThat(count("in", RouteEvent.DEAD_LETTERED)).isZero();
        return described(received.get(0));
    }

    private static Map<String, String> described(Message<Object> message) {
        var listed = message.headers().get("amqp-header-types");
        var types = Stream.ofNullable(listed)
                .flatMap(all -> Arrays.stream(all.split(";")))
                .map(entry -> entry.split("="))
                .collect(Collectors.toMap(entry -> entry[0], entry -> " " + entry[1]));
        var described = new TreeMap<String, String>();
        message.headers().forEach((name, value) -> described.put(name, value + types.getOrDefault(name, "")));
        return described;
    }

    static Map<String, String> with(Map<String, String> own) {
        var all = new TreeMap<>(COMMON);
        all.putAll(own);
        return all;
    }

    @Test
    void ofPyAmqp() throws IOException {
        var python = Requirement.python("amqp", "python3-amqp").orSkip().toString();

        assertThat(headersFrom(new ProcessBuilder(python, script("py_amqp.py"), broker.uri091(), exchange)))
                .containsAllEntriesOf(with(Map.of(
                        "small", "7 int",
                        "millis", "1700000000123 long",
                        "largest", "9223372036854775807 long",
                        "decimal", "-3.14 decimal",
                        "float", "1.5 double",
                        "datetime", "2024-03-01T12:00:00Z timestamp",
                        "none", " null",
                        "bytes", "AP8= bytes",
                        "amqp-timestamp", "2024-03-01T00:00:00Z")));
    }

    @Test
    void ofAmqplib() throws IOException {
        var node = Requirement.command("node", "nodejs").orSkip().toString();
        var client = new ProcessBuilder(node, script("amqplib.js"), broker.uri091(), exchange);
        client.environment().put("NODE_PATH", NodePackages.of("clients").toString());

        assertThat(headersFrom(client))
                .containsAllEntriesOf(with(Map.of(
                        "byte", "7 byte",
                        "short", "300 short",
                        "millis", "1700000000123 long",
                        "double", "1.5 double",
                        "timestamp", "2024-03-01T12:00:00Z timestamp",
                        "typed-float", "1.5 float",
                        "typed-long", "5 long",
                        "typed-unsigned", "4294967295 long",
                        "null", " null",
                        "bytes", "AP8= bytes")));
    }

    @Test
    void ofPhpAmqplib() throws IOException {
        assertThat(headersFrom(php("rabbit")))
                .containsAllEntriesOf(with(Map.of(
                        "short", "-300 short",
                        "millis", "1700000000123 long",
                        "datetime", "2024-03-01T12:00:00Z timestamp",
                        "null", " null",
                        "bytes", "AP8= bytes")));
    }

    /** As the specification has them, and the Java client has not. */
    @Test
    void ofPhpAmqplibToldToBeStrict() throws IOException {
        assertThat(headersFrom(php("strict")))
                .containsAllEntriesOf(with(Map.of("millis", "1700000000123 long", "null", " null")));
    }

    private ProcessBuilder php(String protocol) throws IOException {
        var php = Requirement.command("php", "php-cli").orSkip().toString();
        phpAmqpLib().orSkip();
        return new ProcessBuilder(php, script("php_amqplib.php"), broker.uri091(), exchange, protocol);
    }

    private static Requirement phpAmqpLib() {
        var library = Path.of("/usr/share/php/PhpAmqpLib/autoload.php");
        return new Requirement(
                Optional.of(library).filter(Files::exists),
                library + " is missing; Debian has it in the package php-amqplib");
    }

    @Test
    void ofAmqpTools() throws IOException {
        var publish = Requirement.command("amqp-publish", "amqp-tools").orSkip().toString();
        var shell = publish + " -u " + broker.uri091() + " -e " + exchange + " -r builds.c.";
        var headers = headersFrom(new ProcessBuilder(
                "sh", "-c", shell + "first -C application/json -H 'a: b' -b 1 && " + shell + "last -b 2"));

        assertThat(headers).containsEntry("a", "b");
    }
}
