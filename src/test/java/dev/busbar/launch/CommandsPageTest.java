package dev.busbar.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * Compares commands.md with the help of the commands. Rewrite the page with {@code mvn test -Dtest=CommandsPageTest
 * -Dbusbar.rewrite=true}.
 */
class CommandsPageTest {

    private static final Path PAGE = Path.of("src/site/markdown/commands.md");

    @Test
    void thePageSaysWhatTheCommandsDo() throws Exception {
        var rendered = render();
        if (Boolean.getBoolean("busbar.rewrite")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, rendered);
        }

        assertThat(rendered)
                .as("rewrite it with mvn test -Dtest=CommandsPageTest -Dbusbar.rewrite=true")
                .isEqualTo(Files.readString(PAGE));
    }

    private static String render() {
        var page = new StringBuilder("# Commands\n\n<!-- Made from the commands' own help. CommandsPageTest compares it"
                + " and says how to rewrite it. -->\n\nThis page lists the commands and options of Busbar's command line,"
                + " as `--help` prints them. `busbar` stands for\n`java -jar target/busbar.jar`.\n");
        var busbar = Commands.commandLine();
        append(page, busbar);
        busbar.getSubcommands().values().forEach(command -> append(page, command));
        return page.toString();
    }

    private static void append(StringBuilder page, CommandLine command) {
        page.append("\n## ")
                .append(command.getCommandSpec().qualifiedName())
                .append("\n\n<!-- not run: what the option for help prints -->\n```text\n")
                .append(command.getUsageMessage(Ansi.OFF).replace("\r", ""))
                .append("```\n");
    }
}
