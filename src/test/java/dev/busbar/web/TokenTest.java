package dev.busbar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.topic.RoutingKey;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a socket may do with each kind of token. */
class TokenTest {

    private static final Site SITE = new Site("""
              anonymous: guests
              auth: {jwt: {secret: %s, audience: busbar, leeway: 0s}}
              roles:
                guests: {listen: [news]}
                watchers: {listen: [news, secrets, "mq:builds.#"], produce: ["mq:builds.#"]}
            """.formatted(Tokens.SECRET).indent(0));

    @AfterAll
    static void stop() {
        SITE.close();
    }

    static Stream<String> notAccepted() {
        var valid = Tokens.claims("watchers", Instant.now().plusSeconds(60));
        var past = Tokens.claims("watchers", Instant.now().minusSeconds(60));
        var signed = Tokens.signed(Tokens.SECRET, valid);
        var parts = signed.split("\\.");
        var others = Tokens.signed(Tokens.SECRET, valid.copy().put("roles", "others"));
        return Stream.of(
                "nonsense",
                "",
                "..",
                "null",
                "\\u0000",
                Tokens.signed(Tokens.SECRET, past),
                Tokens.signed(Tokens.SECRET, valid.copy().put("exp", "tomorrow")),
                Tokens.signed(
                        Tokens.SECRET, valid.copy().put("nbf", Instant.now().getEpochSecond() + 60)),
                Tokens.signed(Tokens.SECRET, valid.copy().put("aud", "others")),
                Tokens.signed(Tokens.SECRET, valid.copy().putNull("aud")),
                Tokens.signed("another secret of thirty-two bytes", valid),
                "x." + parts[1] + "." + parts[2],
                parts[0] + "." + others.split("\\.")[1] + "." + parts[2],
                parts[0] + "." + parts[1] + ".",
                parts[0] + "." + parts[1],
                Tokens.unsigned("none", valid),
                Tokens.unsigned("None", valid),
                Tokens.unsigned("nOnE", valid),
                Tokens.unsigned("", valid),
                Tokens.unsigned("HS256", valid),
                signed + "x".repeat(20_000));
    }

    @ParameterizedTest
    @MethodSource("notAccepted")
    void isNotAcceptedAndGivesNothing(String token) {
        var client = SITE.raw();

        client.send("{'type':'register','address':'secrets','headers':{'Authorization':'Bearer " + token + "'}}");
        client.send("{'type':'auth','token':'" + token + "'}");
        client.send("{'type':'register','address':'secrets'}");

        await().untilAsserted(() -> assertThat(client.frames).hasSize(3));
        assertThat(client.errors("auth_error"))
                .hasSize(2)
                .allSatisfy(it -> assertThat(it.getString("message")).containsAnyOf("get a new one", "is longer than"));
        assertThat(client.errors("access_denied"))
                .singleElement()
                .satisfies(it -> assertThat(it.getString("message")).contains("anonymous may not listen to secrets"));
    }

    @Test
    void ofARoleThatIsNoneHereGivesNothing() {
        var client = SITE.as("Bearer " + Tokens.of("administrators"));

        client.send("{'type':'register','address':'secrets'}");

        await().untilAsserted(() -> assertThat(client.errors("access_denied")).hasSize(1));
    }

    @Test
    void thatNeverExpiresOrLongAfterAllOfUsIsAccepted() {
        for (var expiry : new Instant[] {Instant.MAX, Instant.parse("9999-01-01T00:00:00Z")}) {
            var client = SITE.as("Bearer " + Tokens.signed(Tokens.SECRET, Tokens.claims("watchers", expiry)));

            client.send("{'type':'register','address':'secrets'}");
            client.send("{'type':'register','address':'fence'}");

            await().untilAsserted(
                            () -> assertThat(client.errors("access_denied")).hasSize(1));
            assertThat(client.frames).hasSize(1);
        }
    }

    @Test
    void thatExpiresEndsWhatItPermittedAndNothingElse() {
        var soon = Instant.now().plusSeconds(3);
        var leaving = SITE.as("Bearer " + Tokens.signed(Tokens.SECRET, Tokens.claims("watchers", soon)));
        var staying = SITE.as("Bearer " + Tokens.of("watchers"));
        for (var client : new BrowserClient[] {leaving, staying}) {
            client.send("{'type':'register','address':'news'}");
            client.send("{'type':'register','address':'secrets'}");
            client.send("{'type':'register','address':'mq:builds.*'}");
        }
        await().untilAsserted(() -> {
            publish();
            assertThat(leaving.received("secrets")).isNotEmpty();
            assertThat(leaving.received("mq:builds.*")).isNotEmpty();
        });

        await().untilAsserted(() -> assertThat(leaving.errors("token_expired"))
                .extracting(it -> it.getString("sourceAddress"))
                .containsExactlyInAnyOrder("secrets", "mq:builds.*"));

        assertThat(Instant.now()).isAfterOrEqualTo(Instant.ofEpochSecond(soon.getEpochSecond()));
        var secrets = leaving.received("secrets").size();
        var builds = leaving.received("mq:builds.*").size();
        var news = leaving.received("news").size();
        var others = staying.received("mq:builds.*").size();
        await().untilAsserted(() -> {
            publish();
            assertThat(leaving.received("news")).hasSizeGreaterThan(news);
            assertThat(staying.received("mq:builds.*")).hasSizeGreaterThan(others);
        });
        assertThat(leaving.received("secrets")).hasSize(secrets);
        assertThat(leaving.received("mq:builds.*")).hasSize(builds);

        leaving.send("{'type':'send','address':'mq:builds.1','body':1}");
        await().untilAsserted(() -> assertThat(leaving.errors("access_denied")).hasSize(1));
    }

    private static void publish() {
        SITE.vertx.eventBus().publish("news", 1);
        SITE.vertx.eventBus().publish("secrets", 1);
        SITE.hub.produce(RoutingKey.of("builds", "1"), 1, MultiMap.caseInsensitiveMultiMap());
    }
}
