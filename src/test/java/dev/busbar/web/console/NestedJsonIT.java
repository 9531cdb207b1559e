package dev.busbar.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.Requirement;
import dev.busbar.testing.Shell;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The console's formatting of JSON, without a browser. */
class NestedJsonIT {

    private static String shown(String expression) throws IOException {
        var node = Requirement.command("node", "nodejs").orSkip().toString();
        var script = "import {pretty} from '" + Path.of("webroot/js/json.js").toUri() + "'; console.log(" + expression
                + ");";
        return Shell.run(new ProcessBuilder(node, "--input-type=module", "-e", script))
                .strip();
    }

    /** JSON as deeply nested as permitted, and long: indented at every level it would exceed the longest string. */
    @Test
    void whatIsNestedDeeplyIsNotShownAThousandTimesAsLong() throws IOException {
        var deep = "'['.repeat(899) + Array(400000).fill('1').join(',') + ']'.repeat(899)";

        assertThat(Integer.parseInt(shown("pretty(" + deep + ").length"))).isLessThan(30 * 800_000);
    }

    @Test
    void whatIsNotIsIndentedAllTheWay() throws IOException {
        assertThat(shown("pretty('{\"a\":[1.10,{\"b\":{}}]}')")).isEqualTo("""
                {
                  "a": [
                    1.10,
                    {
                      "b": {}
                    }
                  ]
                }""");
    }
}
