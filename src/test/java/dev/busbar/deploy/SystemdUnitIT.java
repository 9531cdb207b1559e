package dev.busbar.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.launch.Command;
import dev.busbar.launch.CommandLineRun;
import dev.busbar.launch.CommandSyntax;
import dev.busbar.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code conf/systemd/busbar.service} is a unit that systemd takes, with little that it permits, and that fits Busbar.
 */
class SystemdUnitIT {

    private static final Path FILE = Path.of("conf/systemd/busbar.service");

    /** In tenths, of the 100 of a service that is confined in nothing. */
    private static final int MAX_EXPOSURE = 20;

    private static final List<String> LINES = read();

    @TempDir
    private Path folder;

    private static List<String> read() {
        try {
            return Files.readAllLines(FILE);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String setting(String name) {
        var values = LINES.stream()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1))
                .toList();
        assertThat(values).as(name).hasSize(1);
        return values.get(0);
    }

    /** @param arguments with FILE for a copy of the unit, whose Java is that of this machine */
    private void analyze(String arguments) throws Exception {
        var analyze = Requirement.command("systemd-analyze", "systemd").orSkip();
        var unit = Files.writeString(
                folder.resolve("busbar.service"),
                Files.readString(FILE).replace("/usr/bin/java", System.getProperty("java.home") + "/bin/java"));
        try (var run = Command.start(analyze + " " + arguments.replace("FILE", unit.toString()))) {
            assertThat(run.exit()).as(run.out() + run.err()).isZero();
            assertThat(run.err()).isEmpty();
        }
    }

    @Test
    void systemdTakesIt() throws Exception {
        analyze("verify --man=no FILE");
    }

    @Test
    void itPermitsLittle() throws Exception {
        analyze("security --no-pager --offline=true --threshold=" + MAX_EXPOSURE + " FILE");
    }

    @Test
    void itRunsTheCommandOfTheImageWithTheOptionsOfTheImage() {
        var words = Arrays.asList(
                setting("ExecStart").replaceFirst("^/usr/bin/", "").split(" "));
        var image = Containerfile.read().command().stream()
                .filter(word -> !word.startsWith("-XX:SharedArchiveFile="))
                .toList();

        assertThat(words).isEqualTo(image);
        assertThat(CommandSyntax.accepts(
                        words.subList(words.indexOf("run"), words.size()).toArray(String[]::new)))
                .isTrue();
    }

    @Test
    void itWaitsForACleanStopAndKnowsTheExitCodes() {
        var help = CommandLineRun.of("--help").out();

        assertThat(Integer.parseInt(setting("TimeoutStopSec"))).isGreaterThan(StopTime.MAX_SECONDS);
        assertThat(help).contains("  " + setting("RestartPreventExitStatus") + "     bad command line");
        assertThat(help).contains("  " + setting("SuccessExitStatus") + "   interrupted");
    }
}
