package dev.busbar.web.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.busbar.broker.Brokers;
import dev.busbar.config.BusbarConfig;
import dev.busbar.config.ConfigLoader;
import dev.busbar.hub.Hub;
import dev.busbar.route.BridgeVerticle;
import dev.busbar.testing.Chromium;
import dev.busbar.testing.Slow;
import dev.busbar.web.WebServer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.StaleElementReferenceException;

/** Messages whose keys, headers, properties and bodies are markup and scripts, shown in a real browser. */
class HostileMessagesIT {

    private static final String SECRET = "a secret that is only long enough for a test";

    /**
     * Each text would set {@code window.hacked}, or leave an element that can be found, if it were parsed as markup.
     */
    private static final List<String> HOSTILE = List.of(
            "<img src=x onerror=window.hacked=1>",
            "<script>window.hacked=1</script>",
            "\"><svg onload=window.hacked=1>",
            "' onmouseover='window.hacked=1",
            "</pre></td></script><iframe srcdoc='<script>parent.hacked=1</script>'></iframe>",
            "<a href=javascript:window.hacked=1>x</a>",
            "<math><mi//xlink:href='data:x,<script>hacked=1</script>'>",
            "<style>@import 'http://evil.example/x.css'</style>",
            "<form action=javascript:hacked=1><button>x</button></form>",
            "javascript:window.hacked=1");

    private static final String LETTERS = "[data-view=dead-letters] tbody tr";

    private static final Vertx VERTX = Vertx.vertx();
    private static Chromium browser;
    private static BusbarConfig config;
    private static WebServer server;

    @BeforeAll
    static void start() {
        browser = Chromium.start();
        config = ConfigLoader.parse("""
                        broker: {embedded: {port: 0}}
                        routes:
                          - name: failing
                            from: {filter: "failing.#", queue: {name: failing, life: persistent}}
                            to: {address: failing, delivery: request}
                            onFailure: {attempts: 1}
                        web:
                          port: 0
                          auth: {jwt: {secret: "%s"}}
                          anonymous: guests
                          roles:
                            guests: {listen: ["mq:hostile.#"]}
                            operators: {listen: ["mq:hostile.#"], observe: true, deadLetters: true}
                        """.formatted(SECRET), "test").orThrow();
        var hub = Hub.open(VERTX, config).await();
        VERTX.deployVerticle(new BridgeVerticle(config)).await();
        server = WebServer.start(VERTX, config.web(), hub).await();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        VERTX.close().await();
    }

    @BeforeEach
    void open() {
        browser.resize(1280, 800);
        browser.open(server.url());
        browser.sees("#connection", "Connected");
    }

    @Test
    void messagesAreOnlyText() throws Exception {
        browser.sees("#listening", "Listening to hostile.#");
        try (var foreign = connect()) {
            await().atMost(Chromium.PATIENCE).untilAsserted(() -> {
                publish(foreign, "hostile.first", "{}", "text");
                assertThat(browser.texts("[data-view=messages] tbody tr")).isNotEmpty();
            });
            // One by one, because the console shows only a sample of many at once.
            for (var text : HOSTILE) {
                publish(
                        foreign,
                        "hostile." + text,
                        new JsonObject().put(text, text).encode(),
                        text);
                browser.sees("[data-view=messages] tbody tr", "hostile." + text);
                publish(foreign, "hostile.text", "plain " + text, text);
                browser.sees("[data-view=messages] tbody tr", "plain " + text.replace("\"", "\\\""));
            }
        }

        for (var row = 0; row < 2 * HOSTILE.size(); row++) {
            browser.run(
                    "document.querySelectorAll('[data-view=messages] tbody tr')[arguments[0]].click();"
                            + "document.querySelectorAll('.detail *').forEach(it => it.dispatchEvent(new"
                            + " MouseEvent('mouseover', {bubbles: true})))",
                    row);
            nothingWasObeyed("[data-view=messages]");
        }
    }

    /** A terminal would take the key's control characters, line breaks too, as typed. */
    @Test
    void noCommandIsMadeOfAKeyThatWouldSteerATerminal() throws Exception {
        browser.sees("#listening", "Listening to hostile.#");
        try (var foreign = connect()) {
            publish(foreign, "hostile.\u001b[201~\nid\n", "{}", "text");
        }
        browser.sees("[data-view=messages] tbody tr", "[201~");

        browser.click("[data-view=messages] tbody tr");

        browser.sees(".detail .actions", "Copy JSON");
        assertThat(browser.texts(".detail .actions button")).doesNotContain("Copy as publish command");
    }

    @Slow
    @Test
    void deadLettersAndWhatTheirHandlersSaidAreOnlyText() throws Exception {
        signIn("<img src=x onerror=window.hacked=1>");
        VERTX.eventBus().localConsumer("failing", message -> message.fail(1, HOSTILE.get(0)));
        browser.click("nav a[href='#dead-letters']");
        browser.sees(".queue[aria-pressed=true]", "busbar.dead-letter");
        try (var foreign = connect()) {
            for (var text : HOSTILE) {
                publish(
                        foreign,
                        "failing." + text,
                        new JsonObject().put(text, text).encode(),
                        text);
                publish(foreign, "failing.unreadable", "{" + text, text);
            }
        }

        // The list is empty while it is reloaded.
        await().atMost(Chromium.PATIENCE)
                .pollInterval(Duration.ofSeconds(2))
                .ignoreException(StaleElementReferenceException.class)
                .untilAsserted(() -> {
                    var letters = browser.texts(LETTERS);
                    if (letters.size() != 2 * HOSTILE.size()) {
                        browser.click("[data-view=dead-letters] .dead-letter-actions button:last-child");
                    }
                    assertThat(letters).hasSize(2 * HOSTILE.size());
                });
        for (var row = 0; row < 2 * HOSTILE.size(); row++) {
            var number = row;
            // A reload that was still under way closes the open message.
            await().atMost(Chromium.PATIENCE)
                    .ignoreException(StaleElementReferenceException.class)
                    .untilAsserted(() -> {
                        browser.run(
                                "document.querySelectorAll('[data-view=dead-letters] tbody tr .link')[arguments[0]].click()",
                                number);
                        assertThat(browser.texts("[data-view=dead-letters] .detail h2"))
                                .as("row %s of %s; %s", number, browser.texts(LETTERS), browser.complaints())
                                .anyMatch(it -> it.startsWith("failing."));
                    });
            nothingWasObeyed("[data-view=dead-letters]");
        }
        browser.click("nav a[href='#subscriptions']");
        browser.sees("[data-part=browsers] td", "<img src=x");
        nothingWasObeyed("[data-view=subscriptions]");
        nothingWasObeyed("#sign-in");
    }

    /** The content security policy would stop scripts; it must have nothing to stop. */
    private static void nothingWasObeyed(String part) {
        assertThat(browser.run("return window.hacked")).isNull();
        assertThat(browser.run(
                        "return [...document.querySelectorAll(arguments[0] + ' :is(img, script, iframe, object, embed,"
                                + " math, style, a[href^=\"javascript\"], [onerror], [onload], [onmouseover],"
                                + " form[action])')].map(it => it.outerHTML)",
                        part))
                .isEqualTo(List.of());
        assertThat(browser.complaints()).isEmpty();
    }

    private static void publish(Connection connection, String key, String body, String text) throws Exception {
        Map<String, Object> headers = new HashMap<>();
        headers.put(text, text);
        headers.put("list", List.of(text, Map.of("inner", text)));
        var properties = new BasicProperties.Builder()
                .contentType(body.startsWith("{") ? "application/json" : "text/plain")
                .headers(headers)
                .messageId(text)
                .correlationId(text)
                .appId(text)
                .type(text)
                .replyTo(text)
                .build();
        try (var channel = connection.createChannel()) {
            channel.basicPublish(config.exchange().name(), key, properties, body.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static Connection connect() throws Exception {
        var lease = Brokers.lease(VERTX, config.broker()).await();
        try {
            var factory = new ConnectionFactory();
            factory.setHost(lease.uris().get(0).host());
            factory.setPort(lease.uris().get(0).port());
            return factory.newConnection();
        } finally {
            lease.release();
        }
    }

    private static void signIn(String name) {
        var key = new PubSecKeyOptions().setAlgorithm("HS256").setBuffer(SECRET);
        var token = JWTAuth.create(VERTX, new JWTAuthOptions().addPubSecKey(key))
                .generateToken(new JsonObject().put("sub", name).put("roles", new JsonArray().add("operators")));
        browser.run("sessionStorage.setItem('busbar.authorization', 'Bearer ' + arguments[0])", token);
        browser.run("location.reload()");
        browser.sees("#sign-in", "Sign out " + name);
    }
}
