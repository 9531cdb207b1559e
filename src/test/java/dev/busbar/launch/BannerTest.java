package dev.busbar.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.config.BrokerUri;
import dev.busbar.config.BusbarConfig;
import dev.busbar.config.ConfigLoader;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BannerTest {

    @Test
    void saysWhereEverythingIsAndWhatToTry() {
        var banner = banner("conf/busbar.yaml", "routes: [{name: b, from: {filter: 'builds.*.*'}, to: {address: b}}]");

        assertThat(banner)
                .contains("amqp://guest:guest@127.0.0.1:5672 ")
                .contains("b: filter builds.*.* -> address b (")
                .contains("tail 'builds.#'")
                .contains(Invocation.of(List.of(), "publish", "builds.17.finished", "{\"id\": 17}"))
                .contains("amqp-publish -u amqp://guest:guest@127.0.0.1:5672 -e busbar -r builds.17.finished")
                .contains("curl http://127.0.0.1:8081/health/ready")
                .contains("console        http://127.0.0.1:8080/")
                .doesNotContain("--uri", "--config");
    }

    @Test
    void commandsNameThePortThatWasTakenInstead() {
        var banner = banner("conf/busbar.yaml", "broker: {embedded: {port: 5699}}");

        assertThat(banner).contains("tail --uri amqp://guest:guest@127.0.0.1:5672 ");
    }

    @Test
    void commandsNameAConfigurationThatIsNotTheUsualOne() {
        assertThat(banner("my own.yaml", "{}")).contains("tail --config 'my own.yaml' ");
    }

    @Test
    void brokersThatOnlyRoutesUseAreNamedAndNoOther() {
        var banner = banner(
                "x",
                "brokers: {far: {uri: 'amqp://h'}}\nroutes: [{name: r, from: {broker: far, queue: q}, to: {address: x}}]");

        assertThat(banner)
                .contains("r: queue q -> address x (request)")
                .contains("broker         those that routes name", "far: amqp://guest:guest@h:5672", "curl ")
                .doesNotContain("tail", "5672 ", "embedded");
    }

    @Test
    void aPasswordIsNotShown() {
        var config = config("broker: {uri: 'amqp://me:sesame@host/v'}");

        var banner = new Banner("x", config, config.broker().uris(), List.of(), null, null, List.of())
                .render(1).stream().collect(Collectors.joining("\n", "", "\n"));

        assertThat(banner)
                .contains("amqp://me:***@host:5672/v")
                .doesNotContain("sesame", "amqp-publish", "curl", "console");
    }

    @Test
    void aToolOf091IsNotSuggestedFor10() {
        var config = config("broker: {uri: 'amqp10://guest:guest@127.0.0.1'}");

        var banner = new Banner("x", config, config.broker().uris(), List.of(), null, null, List.of())
                .render(1).stream().collect(Collectors.joining("\n", "", "\n"));

        assertThat(banner).contains("tail", "publish").doesNotContain("amqp-publish");
    }

    private static String banner(String source, String yaml) {
        var uris = List.of(BrokerUri.parse("amqp://guest:guest@127.0.0.1:5672"));
        return new Banner(
                        source,
                        config(yaml),
                        uris,
                        List.of(),
                        "http://127.0.0.1:8081",
                        "http://127.0.0.1:8080",
                        List.of("busbar, 2 nodes", "a at h:1", "b at h:2 (this node)"))
                .render(1_234).stream().collect(Collectors.joining("\n", "", "\n"));
    }

    private static BusbarConfig config(String yaml) {
        return ConfigLoader.parse(yaml, "test").orThrow();
    }
}
