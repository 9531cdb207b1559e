package dev.busbar.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.config.ConfigLoader;
import java.io.IOException;
import java.util.HashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HEAD is answered wherever GET is, with the same status and headers and without a body. */
class HeadTest {

    private static final Site SITE = new Site("""
              anonymous: guests
              roles: {guests: {listen: [news], observe: true, deadLetters: true}}
            """.indent(0));

    private static final ManagementServer MANAGEMENT = ManagementServer.start(
                    SITE.vertx,
                    ConfigLoader.parse("management: {port: 0}", "test").orThrow())
            .await();

    @AfterAll
    static void stop() {
        SITE.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/index.html",
                "/js/main.js",
                "/css/base.css",
                "/favicon.svg",
                "/nothing",
                "/api/openapi.yaml",
                "/api/me",
                "/api/node",
                "/api/cluster",
                "/api/broker",
                "/api/routes",
                "/api/routes/none",
                "/api/subscriptions",
                "/api/dead-letters",
                "/api/dead-letters/none?limit=0",
                "/api/nothing",
                "/eventbus",
                "/eventbus/",
                "/eventbus/info",
                "/eventbus/info?t=17"
            })
    void isAnsweredAsGetIs(String path) throws IOException {
        same(SITE.server.url(), path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/health/ready", "/metrics", "/nothing"})
    void soItIsByTheManagementPort(String path) throws IOException {
        same(MANAGEMENT.url(), path);
    }

    private static void same(String url, String path) throws IOException {
        var get = Wire.ask(url, "GET", path);
        var head = Wire.ask(url, "HEAD", path);

        assertThat(head.status()).isEqualTo(get.status());
        assertThat(head.body()).isEmpty();
        var expected = new HashMap<>(get.headers());
        var actual = new HashMap<>(head.headers());
        if (!path.matches("/metrics|/api/node|/eventbus/info.*")) {
            assertThat(get.headers().get("content-length"))
                    .isEqualTo("" + get.body().length());
        } else {
            // The content differs from request to request, and so may its length.
            assertThat(expected.remove("content-length")).isNotNull();
            assertThat(actual.remove("content-length")).isNotNull();
        }
        assertThat(actual).isEqualTo(expected);
    }
}
