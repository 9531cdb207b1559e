package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page of recipes says what {@link ExistingBrokerContract} has tried, with the permissions that it gave. */
class ExistingSetupsPageTest {

    private static final Path PAGE = Path.of("src/site/markdown/existing-setups.md");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER));

    @Test
    void thePageSaysWhatIsTried() throws Exception {
        var rendered = render();
        if (Boolean.getBoolean("busbar.rewrite")) {
            Files.writeString(PAGE, rendered);
        }

        assertThat(rendered)
                .as("rewrite it with mvn test -Dtest=ExistingSetupsPageTest -Dbusbar.rewrite=true")
                .isEqualTo(Files.readString(PAGE));
    }

    private static String render() throws Exception {
        var page = new StringBuilder("""
                # Recipes beside an existing RabbitMQ

                <!-- Made from ExistingSetup.java. ExistingSetupsPageTest compares it and says how to rewrite it. -->

                What others may have set up on a RabbitMQ, a configuration that uses it, and permissions of Busbar's user that
                are enough for it. `ExistingBrokerIT` runs each of the routes with exactly these permissions, over AMQP
                0-9-1 and 1.0, and finds all that others have unchanged afterwards. Over RabbitMQ 3 and AMQP 1.0 a route
                cannot have a queue of its own. [existing-broker.md](existing-broker.md) explains the keys.

                The exchange of the others is `theirs`, their queue `orders.q`; Busbar's user is `us`. A permission is a
                regular expression; `^$` permits nothing. `rabbitmqctl set_permissions` takes them in the order configure,
                write, read.
                """);
        for (var setup : ExistingSetup.all()) {
            page.append("\n## ")
                    .append(setup.name().substring(0, 1).toUpperCase())
                    .append(setup.name().substring(1))
                    .append("\n\n")
                    .append(setup.there())
                    .append("\n\n```yaml\n")
                    .append(YAML.writeValueAsString(configuration(setup)))
                    .append("```\n\n<!-- not run: needs a broker of yours -->\n```sh\nrabbitmqctl set_permissions us ")
                    .append(String.join(
                            " ",
                            setup.permissions().stream()
                                    .map(ExistingSetupsPageTest::named)
                                    .map(it -> "'" + it + "'")
                                    .toList()))
                    .append("\n```\n");
        }
        return page.toString();
    }

    private static String named(String permission) {
        return permission
                .replace("Q-own", "us\\.orders")
                .replace("Q", "orders\\.q")
                .replace("E", "theirs");
    }

    private static Map<String, Object> configuration(ExistingSetup setup) {
        var broker = new LinkedHashMap<String, Object>();
        broker.put(
                "uri",
                (setup.isOverTls() ? "amqps" : "amqp") + "://us:${PASSWORD:-secret}@rabbit.example/their%2Fhost");
        if (setup.isOverTls()) {
            broker.put("tls", Map.of("trust", "/etc/busbar/authority.pem"));
        }
        var configuration = new LinkedHashMap<String, Object>();
        configuration.put("broker", broker);
        var route = RouteFixture.json(setup.route()
                .replace("'E", "'theirs")
                .replace("'Q-own'", "'us.orders'")
                .replace("'Q", "'orders.q"));
        // As most have it: said once, for all routes.
        var exchange = (JsonObject)
                route.getJsonObject(setup.isOutbound() ? "to" : "from").remove("exchange");
        configuration.put(
                "exchange",
                exchange == null
                        ? RouteFixture.json("{'name': 'theirs', 'declare': false}")
                                .getMap()
                        : exchange.getMap());
        configuration.put("routes", List.of(route.getMap()));
        return configuration;
    }
}
