package dev.busbar.web.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.testing.Chromium;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JavaScript rounds numbers; the console shows, copies, edits and publishes bodies as they were written. */
class ConsoleNumbersIT {

    private static final String ROWS = "[data-view=messages] tbody tr";
    private static final String LETTERS = "[data-view=dead-letters] tbody tr";
    private static final String BODY =
            "{\"serial\": 1724442618569203714, \"price\": 1.10, \"far\": [1e400, -0.0, 1E+2], \"t\": \"\\u00e9{:\\\"\"}";
    private static final String COMPACT =
            "{\"serial\":1724442618569203714,\"price\":1.10,\"far\":[1e400,-0.0,1E+2],\"t\":\"\\u00e9{:\\\"\"}";

    private static Chromium browser;
    private static ConsoleSite site;

    @BeforeAll
    static void start() {
        browser = Chromium.start();
        site = new ConsoleSite("");
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (site != null) {
            site.close();
        }
    }

    @BeforeEach
    void open() {
        browser.open(site.server.url());
        browser.sees("#listening", "Listening to #");
        browser.run("navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }");
        site.bodies.clear();
    }

    @AfterEach
    void nothingIsComplainedAbout() {
        assertThat(browser.complaints()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {BODY, "[\n 1724442618569203714,\n 1.10]", "1724442618569203714", "\"1.10\"", "null"})
    void whatNobodyHasEditedIsPublishedAsItCame(String body) {
        seen(body);

        browser.click(".detail .actions button");
        browser.click("[aria-labelledby=publish-title] button");

        browser.sees("[aria-labelledby=publish-title]", "Confirmed by the broker: numbers.1");
        await().atMost(Chromium.PATIENCE)
                .untilAsserted(() -> assertThat(site.bodies).containsExactly(body, body));
    }

    @Test
    void itIsShownAndCopiedWithAllDigits() {
        seen(BODY);

        assertThat(browser.texts(ROWS)).singleElement().asString().contains(COMPACT.replace("\\u00e9", "é"));
        browser.sees(".detail pre", "\"serial\": 1724442618569203714,\n  \"price\": 1.10,");
        copy("Copy JSON");
        assertThat(copied()).contains("\"serial\": 1724442618569203714", "1.10", "1e400", "-0.0", "1E+2");
        copy("Copy as publish command");
        assertThat(copied()).contains("publish numbers.1 '" + COMPACT + "'");
    }

    @Test
    void aKeyIsNoOptionOfTheCommandThatIsCopied() {
        site.publish("--uri=amqp://elsewhere", "1");
        browser.sees(ROWS, "--uri");
        browser.click(ROWS);

        copy("Copy as publish command");

        assertThat(copied()).endsWith(" publish -- --uri=amqp://elsewhere 1");
    }

    @Test
    void whatIsEditedKeepsTheRest() {
        seen(BODY);
        browser.click(".detail .actions button");

        browser.run(
                "const it = document.querySelector('#publish-body');" + " it.value = it.value.replace('1.10', '2.20')");
        browser.click("[aria-labelledby=publish-title] button");

        await().atMost(Chromium.PATIENCE)
                .untilAsserted(() -> assertThat(site.bodies).hasSize(2));
        assertThat(site.bodies.get(1)).contains("1724442618569203714", "\"price\": 2.20", "1e400", "-0.0", "é{:");
    }

    @Test
    void whatIsTypedIsPublishedAsItIs() {
        browser.type("#publish-key", "numbers.typed");
        browser.type("#publish-body", BODY);
        browser.click("[aria-labelledby=publish-title] button");

        browser.sees(ROWS, "numbers.typed");
        assertThat(site.bodies).containsExactly(BODY);
    }

    @Test
    void deadLettersAreShownAndPutBackAsTheyCame() {
        var works = new AtomicBoolean();
        site.vertx.eventBus().localConsumer("failing", message -> {
            if (works.get()) {
                message.reply(null);
            } else {
                message.fail(1, "not yet");
            }
        });
        browser.click("nav a[href='#dead-letters']");
        site.publish("failing.1", BODY);
        browser.sees(LETTERS, "failing.1");

        browser.run("document.querySelector('" + LETTERS + " .link').click()");
        browser.sees("[data-view=dead-letters] .detail pre", "\"serial\": 1724442618569203714,\n  \"price\": 1.10,");
        works.set(true);
        browser.click("[data-view=dead-letters] .detail .actions button");

        browser.sees(".move-status", "1 requeued");
        await().atMost(Chromium.PATIENCE)
                .untilAsserted(() -> assertThat(site.bodies).containsExactly(BODY, BODY));
    }

    private static void seen(String body) {
        site.publish("numbers.1", body);
        browser.sees(ROWS, "numbers.1");
        browser.click(ROWS);
        browser.sees(".detail h2", "numbers.1");
    }

    private static void copy(String label) {
        browser.run(
                "[...document.querySelectorAll('.detail .actions button')]"
                        + ".find((it) => it.textContent === arguments[0]).click()",
                label);
        browser.sees(".detail .actions", "Copied");
    }

    private static String copied() {
        return (String) browser.run("return window.copied");
    }
}
