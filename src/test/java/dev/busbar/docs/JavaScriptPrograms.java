package dev.busbar.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.NodePackages;
import dev.busbar.testing.Requirement;
import dev.busbar.web.Tokens;

/**
 * Runs the JavaScript examples in Node, with the packages that the pages name, beside a Busbar with the configuration
 * that precedes them on their page. What they need of a page, a token of somebody who has signed in, they are given.
 */
final class JavaScriptPrograms {

    private final Examples examples;

    JavaScriptPrograms(Examples examples) {
        this.examples = examples;
    }

    void run(Block block) throws Exception {
        var node = Requirement.command("node", "nodejs").orSkip();
        var packages = NodePackages.of("eventbus-client").toAbsolutePath();
        var checkout = examples.checkout();
        var config = examples.configurationBefore(block).configuration(checkout);
        var script = checkout.write(
                "example.js",
                "'use strict';\nconst token = '" + Tokens.of("operators") + "';\n" + checkout.here(block.text()));
        try (var server = new Server(checkout, "java -jar target/busbar.jar run --config " + config);
                var program = checkout.start("NODE_PATH=" + packages + " " + node + " " + script)) {
            Prints.expect(block, program);
            program.signal("KILL");
            program.exit();
            assertThat(program.err()).isEmpty();
            server.stop();
        }
    }
}
