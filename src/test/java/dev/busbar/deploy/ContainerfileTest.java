package dev.busbar.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.config.ConfigLoader;
import dev.busbar.config.LoadedConfig;
import dev.busbar.launch.CommandLineRun;
import dev.busbar.launch.CommandSyntax;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The parts of {@code conf/container} fit each other and Busbar; {@link ContainerfileIT} runs them. */
class ContainerfileTest {

    private static final Containerfile FILE = Containerfile.read();

    @Test
    void itsCommandsAreBusbarsAndReadTheConfigurationThatIsMounted() {
        var run = FILE.only("CMD").words();
        var health = FILE.only("HEALTHCHECK").words();

        assertThat(run).containsExactly("run", "--config", "/etc/busbar/busbar.yaml");
        assertThat(health).endsWith("health", "--live", "--config", "/etc/busbar/busbar.yaml");
        for (var command : List.of(run, health.subList(health.indexOf("health"), health.size()))) {
            assertThat(CommandSyntax.accepts(command.toArray(String[]::new))).isTrue();
        }
    }

    @Test
    void itsConfigurationIsValidAndItsPortsAreExposed() {
        var loaded = (LoadedConfig.Valid) ConfigLoader.withEnvironment(Map.<String, String>of()::get)
                .loadFile(Path.of("conf/container/busbar.yaml"));
        var config = loaded.config();

        assertThat(loaded.warnings()).isEmpty();
        assertThat(config.management().host()).isEqualTo("0.0.0.0");
        assertThat(FILE.only("EXPOSE").text())
                .isEqualTo(config.management().port() + " " + config.web().port());
        assertThat(CommandLineRun.of("check", "conf/container/busbar.yaml").code())
                .isZero();
    }

    @Test
    void itsBaseIsPinnedAndNamed() {
        var base = FILE.only("ARG").text().replaceFirst("JRE=", "");

        assertThat(base).matches(".*-jre.*").matches(".*:17\\.\\d+\\.\\d+_\\d+-.*");
        assertThat(FILE.only("LABEL").text()).contains("org.opencontainers.image.base.name=\"" + base + "\"");
        assertThat(FILE.only("FROM").text()).isEqualTo("${JRE}");
    }

    @Test
    void nothingIsSentToTheEngineButWhatIsCopied() throws IOException {
        assertThat(FILE.instructions().stream()
                        .filter(it -> it.keyword().equals("COPY"))
                        .map(it -> it.copied().get(0)))
                .containsExactlyInAnyOrderElementsOf(Containerfile.sent());
    }
}
