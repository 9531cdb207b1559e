package dev.busbar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.Md5Crypt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Users and passwords of an htpasswd file. */
class PasswordTest {

    private static final int TRIES = 40;

    private static final Path FILE = users();

    private static final Site SITE = new Site("""
              auth: {htpasswd: %s}
              instances: 1
              roles: {watchers: {listen: [news], observe: true, users: [alice, bob, eve]}}
            """.formatted(FILE).indent(0));

    private static final HttpClientAgent HTTP =
            SITE.vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(500));

    private static Path users() {
        try {
            var alice = Md5Crypt.apr1Crypt("secret", "pepperpe");
            var bob = Md5Crypt.apr1Crypt("pass:word", "saltsalt");
            return Files.writeString(
                    Files.createTempFile("users", ".htpasswd"),
                    "# eve:plain\n\nalice:" + alice + "\n  bob:" + bob + "\nmallory:" + bob + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        SITE.close();
        Files.delete(FILE);
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whoHasTheRightOneHasTheirRoles() {
        for (var credentials : new String[] {"alice:secret", "bob:pass:word"}) {
            var client = SITE.as(basic(credentials));

            listens(client);
        }
    }

    private static void listens(BrowserClient client) {
        client.send("{'type':'register','address':'news'}");
        await().untilAsserted(() -> {
            SITE.vertx.eventBus().publish("news", 1);
            assertThat(client.received("news")).isNotEmpty();
        });
    }

    static Stream<String> wrong() {
        return Stream.of(
                basic("alice:secre"),
                basic("alice:secret "),
                basic("alice:"),
                basic("alice"),
                basic(":secret"),
                basic("Alice:secret"),
                basic("alice\0:secret"),
                basic("eve:plain"),
                basic("# eve:plain"),
                basic("nobody:secret"),
                basic("alice:" + "x".repeat(5_000)),
                "Basic alice:secret",
                "Basic",
                "Basic ",
                "Bearer " + Tokens.of("watchers"),
                "Digest username=alice",
                "");
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whoHasNotHasNone(String authorization) {
        var client = SITE.raw();

        client.send("{'type':'register','address':'news','headers':{'Authorization':'" + authorization.replace("\0", "")
                + "'}}");
        client.send("{'type':'register','address':'news'}");

        await().untilAsserted(() -> assertThat(client.frames).hasSize(2));
        assertThat(client.errors("auth_error")).hasSize(1);
        assertThat(client.errors("access_denied")).hasSize(1);
    }

    @Test
    void whoHasNoRoleMayDoNothing() {
        var client = SITE.as(basic("mallory:pass:word"));

        client.send("{'type':'register','address':'news'}");

        await().untilAsserted(() -> assertThat(client.errors("access_denied"))
                .singleElement()
                .satisfies(it -> assertThat(it.getString("message")).startsWith("mallory may not")));
    }

    /** Otherwise one could find out by the time which users exist. */
    @Test
    void aUserWhoDoesNotExistTakesAsLong() {
        // The password is long, so that checking it takes longer than everything else.
        var password = ":" + "x".repeat(250);
        var known = Long.MAX_VALUE;
        var unknown = Long.MAX_VALUE;
        // Measured in turn, and the fastest of many, so that other work of the machine is in neither.
        for (var n = 0; n < TRIES; n++) {
            known = Math.min(known, nanos("alice" + password));
            unknown = Math.min(unknown, nanos("nobody" + password));
        }

        assertThat(unknown).isGreaterThan(known / 2);
    }

    private static long nanos(String credentials) {
        var before = System.nanoTime();
        get("/api/node", basic(credentials)).await();
        return System.nanoTime() - before;
    }

    private static Future<Integer> get(String path, String authorization) {
        var options =
                new RequestOptions().setAbsoluteURI(SITE.server.url() + path).setMethod(HttpMethod.GET);
        return HTTP.request(authorization == null ? options : options.putHeader("Authorization", authorization))
                .compose(request -> request.send())
                .map(HttpClientResponse::statusCode);
    }

    /** The only event loop is not blocked meanwhile. */
    @Test
    void guessingDoesNotHoldUpOthers() {
        var other = SITE.as(basic("bob:pass:word"));
        listens(other);
        var wrong = basic("alice:wrong");

        List<Future<Integer>> guesses = new ArrayList<>();
        for (var n = 0; n < 400; n++) {
            guesses.add(get("/api/node", wrong));
        }
        var answers = new long[20];
        for (var n = 0; n < answers.length; n++) {
            var before = System.nanoTime();
            get("/api/me", null).await();
            answers[n] = System.nanoTime() - before;
        }

        Arrays.sort(answers);
        assertThat(Duration.ofNanos(answers[answers.length / 2])).isLessThan(Duration.ofMillis(100));
        listens(other);
        assertThat(guesses).allSatisfy(it -> assertThat(it.await()).isEqualTo(401));
    }
}
