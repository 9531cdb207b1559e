package dev.busbar.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.testing.Chromium;
import dev.busbar.testing.NodePackages;
import dev.busbar.testing.Requirement;
import dev.busbar.web.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs the JavaScript examples with the packages that the pages name, in Node and in a page of Chromium, beside a
 * Busbar with the configuration that precedes them. What they need besides, a token of somebody who has signed in, they
 * are given.
 */
final class JavaScriptPrograms {

    private final Examples examples;
    private final Path packages;

    JavaScriptPrograms(Examples examples) throws IOException {
        this.examples = examples;
        this.packages = NodePackages.of("eventbus-client").toAbsolutePath();
    }

    void run(Block block) throws Exception {
        var checkout = examples.checkout();
        var config = examples.configurationBefore(block).configuration(checkout);
        var script = "const token = '" + Tokens.of("operators") + "';\n" + checkout.here(block.text());
        try (var server = new Server(checkout, "java -jar target/busbar.jar run --config " + config)) {
            inNode(block, script, checkout);
            inChromium(block, script, "http://127.0.0.1:" + checkout.port("8080") + "/");
            server.stop();
        }
    }

    private void inNode(Block block, String script, Checkout checkout) throws Exception {
        var node = Requirement.command("node", "nodejs").orSkip();
        var file = checkout.write("example.js", "'use strict';\n" + script);
        try (var program = checkout.start("NODE_PATH=" + packages + " " + node + " " + file)) {
            Prints.expect(block, program);
            program.signal("KILL");
            program.exit();
            assertThat(program.err()).isEmpty();
        }
    }

    /** In the console's page, which may connect. The packages are included as by script elements, in their order. */
    private void inChromium(Block block, String script, String page) throws IOException {
        try (var browser = Chromium.start()) {
            browser.open(page);
            browser.run(Files.readString(packages.resolve("sockjs-client/dist/sockjs.min.js")));
            browser.run(Files.readString(packages.resolve("@vertx/eventbus-bridge-client.js/vertx-eventbus.js")));
            browser.run("""
                    window.require = () => EventBus;
                    window.printed = '';
                    console.log = (...said) => {
                      printed += said.map((it) => (typeof it === 'string' ? it : JSON.stringify(it))).join(' ') + ';';
                    };
                    """);
            browser.run(script);
            for (var text : block.prints()) {
                await().atMost(Prints.PATIENCE)
                        .untilAsserted(() -> assertThat(bare((String) browser.run("return printed")))
                                .contains(bare(text)));
            }
        }
    }

    /** Node quotes otherwise than JSON. */
    private static String bare(String printed) {
        return printed.replaceAll("[\\s\"']", "");
    }
}
