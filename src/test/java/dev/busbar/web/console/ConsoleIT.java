package dev.busbar.web.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.broker.Brokers;
import dev.busbar.config.BusbarConfig;
import dev.busbar.config.ConfigLoader;
import dev.busbar.hub.FilterStatus;
import dev.busbar.hub.Hub;
import dev.busbar.route.BridgeVerticle;
import dev.busbar.testing.Chromium;
import dev.busbar.testing.Requirement;
import dev.busbar.testing.Shell;
import dev.busbar.topic.RoutingKey;
import dev.busbar.web.WebServer;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The console in a real browser, over the embedded broker. */
class ConsoleIT {

    private static final String SECRET = "a secret that is only long enough for a test";
    private static final String LETTERS = "[data-view=dead-letters] tbody tr";
    private static final String ROWS = "[data-view=messages] tbody tr";

    private static final Vertx VERTX = Vertx.vertx();
    private static Chromium browser;
    private static BusbarConfig config;
    private static Hub hub;
    private static WebServer server;

    @BeforeAll
    static void start() {
        browser = Chromium.start();
        config = config(0);
        hub = Hub.open(VERTX, config).await();
        VERTX.deployVerticle(new BridgeVerticle(config)).await();
        server = WebServer.start(VERTX, config.web(), hub).await();
    }

    private static BusbarConfig config(int port) {
        return ConfigLoader.parse("""
                        broker: {embedded: {port: 0}}
                        routes:
                          - {name: all-builds, from: {filter: "builds.#"}, to: {address: builds}}
                          - name: failing
                            from: {filter: "failing.#", queue: {name: failing, life: persistent}}
                            to: {address: failing, delivery: request}
                            onFailure: {attempts: 1}
                          - name: picked
                            from: {filter: "picked.#", where: [{header: kind, equals: good}], otherwise: accept}
                            to: {address: picked}
                          - {name: changes, from: {address: changes}, to: {key: "changes.{id}", mandatory: false}}
                        web:
                          port: %d
                          instances: 1
                          auth: {jwt: {secret: "%s"}}
                          anonymous: guests
                          roles:
                            guests: {listen: ["mq:builds.#"], produce: ["mq:builds.#"]}
                            operators: {observe: true, deadLetters: true}
                        """.formatted(port, SECRET), "test").orThrow();
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
        browser.sees("#listening", "Listening to builds.#");
    }

    @AfterEach
    void nothingIsComplainedAbout() {
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aMessageOfKombuIsSeenThroughAFilter() throws Exception {
        var python = Requirement.python("kombu", "python3-kombu").orSkip();
        listen("builds.*.finished");

        for (var key : List.of("builds.17.started", "builds.17.finished")) {
            Shell.run(new ProcessBuilder(
                    python.toString(),
                    "src/test/resources/kombu/publish_one.py",
                    brokerUri(),
                    config.exchange().name(),
                    key,
                    "{\"text\": \"<b>grüße</b>\"}"));
        }

        browser.sees(ROWS, "builds.17.finished");
        assertThat(browser.texts(ROWS)).singleElement().asString().contains("{\"text\":\"<b>grüße</b>\"}");
        browser.click(ROWS);
        browser.sees(".detail dt", "x-master");
        browser.sees(".detail pre", "\"text\": \"<b>grüße</b>\"");
    }

    @Test
    void whatTheFormPublishesComesBack() {
        listen("builds.*.tried");
        browser.type("#publish-key", "builds.18.tried");
        browser.type("#publish-body", "{\"id\": 18}");
        browser.click("form button[type=submit]:not(.bar button)");

        browser.sees("[aria-labelledby=publish-title]", "Confirmed by the broker: builds.18.tried");
        browser.sees(ROWS, "builds.18.tried");
    }

    @Test
    void theFormSaysWhatIsWrongAndWhatIsNotPermitted() {
        publish("builds.*", "{\"id\": ");
        browser.sees("#publish-key-problem", "no wildcards");
        browser.sees("#publish-body-problem", "JSON");

        publish("builds..." + "x".repeat(300), "1");
        browser.sees("#publish-key-problem", "255");

        publish("changes.1", "1");
        browser.sees("[aria-labelledby=publish-title]", "anonymous may not produce to mq:changes.1");
        assertThat(browser.complaints()).allMatch(it -> it.contains("/api/messages") && it.matches(".* 40[01] .*"));
    }

    @Test
    void aFilterThatIsNotPermittedIsRefused() {
        browser.type("#filter", "#" + Keys.ENTER);

        browser.sees(".flow", "anonymous may not listen to mq:#");
        browser.sees("#listening", "Not listening");
    }

    @Test
    void whatIsNotPermittedIsNotShownUntilSomebodySignsInWhoMay() {
        browser.click("nav a[href='#routes']");
        browser.sees("[data-view=routes] .note", "anonymous may not see the state of this node");
        browser.click("[data-view=routes] .note button");
        browser.type("#token", "nonsense" + Keys.ENTER);
        browser.sees("dialog .problem", "not accepted");
        browser.type("#token", operator() + Keys.ENTER);

        browser.sees("[data-route=all-builds]", "ready");
        browser.sees("#sign-in", "Sign out olga");
        browser.click("#sign-in");
        browser.sees("[data-view=routes] .note", "anonymous may not see the state of this node");
        await().atMost(Chromium.PATIENCE)
                .until(() -> !browser.find("[data-route=all-builds]").isDisplayed());
        assertThat(browser.complaints()).allMatch(it -> it.contains(" 401 "));
    }

    @Test
    void routesCountWhatPasses() {
        signIn();
        browser.click("nav a[href='#routes']");
        browser.sees("[data-route=all-builds] canvas, [data-route=all-builds] .pill", "ready");
        long before = figure("Received");

        for (int i = 0; i < 20; i++) {
            produce("builds." + i + ".counted");
        }

        await().atMost(Chromium.PATIENCE)
                .untilAsserted(() -> assertThat(figure("Received")).isEqualTo(before + 20));
        assertThat(browser.texts("[data-route=all-builds] canvas")).hasSize(1);
        browser.click("nav a[href='#subscriptions']");
        browser.sees("[data-view=subscriptions] td", "builds.#");
        assertThat(browser.texts("[data-view=subscriptions] td.num"))
                .isNotEmpty()
                .allMatch(it -> it.matches("0|[1-9][0-9,]*"));
        browser.sees("[data-part=browsers] header", "1 connected.");
        browser.sees("[data-part=browsers] td", "anonymous");
        browser.sees("[data-part=browsers] td", "websocket");
        browser.click("nav a[href='#node']");
        browser.sees("[data-view=node]", "single node");
        browser.sees("[data-view=node] .pill", "connected");
        browser.sees(
                "[data-view=node] dd",
                text -> text.matches("[0-9,]+: [0-9,]+ confirmed, [0-9,]+ failed, [0-9,]+ waiting"));
    }

    @Test
    void whatDoesNotMeetTheConditionsOfARouteIsCounted() {
        signIn();
        browser.click("nav a[href='#routes']");
        browser.sees("[data-route=picked] dt", "Filtered");
        produce("picked.1");
        produce("picked.2");
        await().atMost(Chromium.PATIENCE)
                .untilAsserted(() -> assertThat(figure("picked", "Filtered")).isEqualTo(2));
    }

    @Test
    void aDeadLetterIsLookedAtPutBackAndHandled() {
        var disk = new AtomicBoolean();
        List<Object> handled = new CopyOnWriteArrayList<>();
        var handler = VERTX.eventBus().localConsumer("failing", message -> {
            if (disk.get()) {
                handled.add(message.body());
                message.reply(null);
            } else {
                message.fail(42, "no disk <b>");
            }
        });
        browser.click("nav a[href='#dead-letters']");
        browser.sees("[data-view=dead-letters] .note", "anonymous may not see or put back dead letters");
        signIn();
        browser.sees(".queue[aria-pressed=true]", "busbar.dead-letter");
        browser.sees(".dead-letter-list .note", "No messages");
        produce("failing.1");
        produce("failing.2");
        browser.sees(LETTERS, "no disk <b>");
        browser.click("[data-view=dead-letters] .dead-letter-actions button:last-child");
        await().atMost(Chromium.PATIENCE)
                .untilAsserted(() -> assertThat(browser.texts(LETTERS)).hasSize(2));

        browser.run("document.querySelector('" + LETTERS + " .link').focus()");
        browser.press(Keys.ENTER);
        browser.sees("[data-view=dead-letters] .detail h2", "failing.1");
        browser.sees("[data-view=dead-letters] .detail pre", "\"key\": \"failing.1\"");
        browser.sees("[data-view=dead-letters] .detail dd", "the handler failed: 42 no disk <b>");
        disk.set(true);
        browser.click("[data-view=dead-letters] .detail .actions button");

        await().atMost(Chromium.PATIENCE)
                .untilAsserted(() -> assertThat(handled).containsExactly(new JsonObject().put("key", "failing.1")));
        browser.sees(".move-status", "1 requeued");
        await().atMost(Chromium.PATIENCE)
                .untilAsserted(() -> assertThat(browser.texts(LETTERS))
                        .singleElement()
                        .asString()
                        .contains("failing.2"));
        browser.click("[data-view=dead-letters] .dead-letter-actions button:last-child");
        browser.sees(".move-status", String::isEmpty);
        browser.sees(LETTERS, "failing.2");
        browser.click(LETTERS + " input");
        browser.click("[data-view=dead-letters] .dead-letter-actions button:nth-child(2)");
        browser.sees("dialog h2", "Discard this message?");
        browser.press(Keys.ENTER);
        assertThat(browser.texts(LETTERS)).hasSize(1);
        browser.click("[data-view=dead-letters] .dead-letter-actions button:nth-child(4)");
        browser.sees("dialog h2", "Discard the one message?");
        browser.click("dialog button");
        browser.sees(".move-status", "1 discarded");
        browser.sees(".dead-letter-list .note", "No messages");
        assertThat(handled).hasSize(1);
        handler.unregister().await();
        assertThat(browser.complaints()).allMatch(it -> it.contains(" 401 "));
    }

    @Test
    void aLostServerIsSaidAndItsReturnToo() {
        var port = URI.create(server.url()).getPort();
        server.close().await();
        browser.sees("#banner", "Connection lost");
        browser.sees("#connection", "Not connected");

        server = WebServer.start(VERTX, config(port).web(), hub).await();

        browser.sees("#banner", "Connected again");
        awaitBound("builds.#");
        produce("builds.19.back");
        browser.sees(ROWS, "builds.19.back");
        assertThat(browser.complaints()).allMatch(it -> it.contains("ERR_CONNECTION") || it.contains("WebSocket"));
    }

    @Test
    void everythingCanBeDoneFromTheKeyboard() {
        browser.run("document.querySelector('#main').focus()");
        browser.press(Keys.TAB);
        assertThat(browser.focused()).isEqualTo("filter");
        browser.press("builds.*.typed", Keys.ENTER);
        awaitBound("builds.*.typed");
        browser.press(Keys.TAB, Keys.TAB, Keys.TAB, Keys.TAB);
        assertThat(browser.focused()).isEqualTo("publish-key");
        browser.press("builds.1.typed", Keys.TAB, "[1]", Keys.TAB, Keys.ENTER);
        browser.sees(ROWS, "builds.1.typed");
        browser.tabBack(3);
        assertThat(browser.focused()).contains("builds.1.typed");
        browser.press(Keys.ENTER);
        browser.sees(".detail h2", "builds.1.typed");
        browser.sees("#flow", "held while a row has the focus");
        browser.press(Keys.ESCAPE);
        browser.sees("#flow", flow -> !flow.contains("held"));
    }

    @Test
    void pausedItDrawsNothingAndSearchedItShowsWhatFits() {
        produce("builds.1.first");
        browser.sees(ROWS, "builds.1.first");
        browser.click("button[aria-pressed]");
        produce("builds.2.second");
        browser.sees("#flow", "paused · 1 wait");
        assertThat(browser.texts(ROWS)).hasSize(1);

        browser.click("button[aria-pressed]");
        browser.sees(ROWS, "builds.2.second");
        browser.type("input[type=search]", "FIRST");
        browser.sees("#flow", "1 of 2 rows");
        assertThat(browser.texts(ROWS + ":not([hidden])"))
                .singleElement()
                .asString()
                .contains("builds.1.first");
    }

    @Test
    void aFloodIsSampledAndMovesNothing() {
        var places = "return JSON.stringify([...document.querySelectorAll('header, .bar *, .flow, .list, .side > *')]"
                + ".map(it => it.getBoundingClientRect()))";
        produce("builds.0.flood");
        browser.sees(ROWS, "builds.0.flood");
        var before = browser.run(places);

        var flood = VERTX.setPeriodic(10, id -> {
            for (int i = 0; i < 10; i++) {
                produce("builds." + i + ".flood");
            }
        });
        try {
            browser.sees("#flow", "showing 20 of them");
            browser.sees("#flow", "not shown");
            await().atMost(Chromium.PATIENCE)
                    .untilAsserted(() -> assertThat((Long) browser.run(
                                    "return document.querySelectorAll('[data-view=messages] tbody tr').length"))
                            .isEqualTo(200));
            assertThat(browser.run(places)).isEqualTo(before);
        } finally {
            VERTX.cancelTimer(flood);
        }
    }

    @Test
    void fitsAPhone() {
        signIn();
        browser.resize(390, 844);
        var views = Map.of(
                "messages", "No message yet.",
                "routes", "all-builds",
                "dead-letters", "busbar.dead-letter",
                "subscriptions", "websocket",
                "node", "single node");
        views.forEach((view, content) -> {
            browser.run("location.hash = arguments[0]", view);
            browser.sees("nav a[aria-current]", text -> text.equalsIgnoreCase(view.replace('-', ' ')));
            browser.sees("[data-view=" + view + "]", content);
            assertThat(browser.run("return document.documentElement.scrollWidth <= innerWidth"))
                    .as(view)
                    .isEqualTo(true);
        });
    }

    @Test
    void onAPhoneNoWordOfTheBrowsersIsBroken() {
        signIn();
        browser.resize(390, 844);
        browser.click("nav a[href='#subscriptions']");
        browser.sees("[data-part=browsers] td", "127.0.0.1:");

        assertThat(browser.run("""
                        const lines = (cell, word) => {
                          const range = new Range();
                          range.setStart(cell.firstChild, word.index);
                          range.setEnd(cell.firstChild, word.index + word[0].length);
                          return range.getClientRects().length;
                        };
                        return [...document.querySelectorAll('[data-part=browsers] td')].flatMap((cell) =>
                          [...cell.textContent.matchAll(/\\S+/g)].filter((word) => lines(cell, word) > 1).map(String));
                        """)).isEqualTo(List.of());
    }

    private static void listen(String filter) {
        browser.type("#filter", filter + Keys.ENTER);
        browser.sees("#listening", "Listening to " + filter);
        awaitBound(filter);
    }

    private static void awaitBound(String filter) {
        await().atMost(Chromium.PATIENCE)
                .untilAsserted(() -> assertThat(hub.filters())
                        .filteredOn(it -> it.filter().toString().equals(filter) && it.listeners() > 0)
                        .singleElement()
                        .matches(FilterStatus::bound));
    }

    private static void publish(String key, String body) {
        browser.type("#publish-key", key);
        browser.type("#publish-body", body);
        browser.click("[aria-labelledby=publish-title] button");
    }

    private static void produce(String key) {
        hub.produce(RoutingKey.parse(key), new JsonObject().put("key", key), MultiMap.caseInsensitiveMultiMap());
    }

    private static long figure(String label) {
        return figure("all-builds", label);
    }

    private static long figure(String route, String label) {
        var value = browser.run(
                "return [...document.querySelectorAll('[data-route=' + arguments[0] + '] .figures div')]"
                        + ".find(it => it.firstChild.textContent === arguments[1]).lastChild.textContent",
                route,
                label);
        return Long.parseLong(value.toString().replace(",", ""));
    }

    private static void signIn() {
        browser.run("sessionStorage.setItem('busbar.authorization', 'Bearer ' + arguments[0])", operator());
        browser.run("location.reload()");
        browser.sees("#sign-in", "Sign out olga");
    }

    private static String operator() {
        var key = new PubSecKeyOptions().setAlgorithm("HS256").setBuffer(SECRET);
        return JWTAuth.create(VERTX, new JWTAuthOptions().addPubSecKey(key))
                .generateToken(new JsonObject().put("sub", "olga").put("roles", new JsonArray().add("operators")));
    }

    private static String brokerUri() {
        var lease = Brokers.lease(VERTX, config.broker()).await();
        try {
            var uri = lease.uris().get(0);
            return "amqp://guest:guest@" + uri.host() + ":" + uri.port() + "/" + uri.virtualHost();
        } finally {
            lease.release();
        }
    }
}
