package dev.busbar.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    @Test
    void itNamesEveryCommand() {
        assertThat(Commands.commandLine().getSubcommands().keySet())
                .allSatisfy(
                        command -> assertThat(Path.of("README.md")).content().contains("| `" + command));
    }
}
