package dev.busbar.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.config.ConfigLoader;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuthenticatorTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final Vertx vertx = Vertx.vertx();
    private final Authenticator authenticator = Authenticator.create(
                    vertx, ConfigLoader.parse("""
                            web:
                              auth: {jwt: {secret: 0123456789abcdef0123456789abcdef, audience: busbar}}
                              roles: {watchers: {listen: "mq:builds.#"}}
                            """, "test").orThrow().web())
            .await();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void aTokenGivesItsRolesUntilItExpires() {
        var expiry = Instant.now().getEpochSecond() + 60;

        var who = authenticator
                .identify("Bearer " + token(SECRET, claims("busbar").put("exp", expiry)))
                .await();

        assertThat(who.permissions().mayListen(TopicFilter.parse("builds.*"))).isTrue();
        assertThat(who.permissions().mayListen(TopicFilter.parse("#"))).isFalse();
        assertThat(who.expires()).isEqualTo(Instant.ofEpochSecond(expiry));
    }

    @Test
    void noOtherTokenIsBelieved() {
        refused(token(SECRET, claims("others")));
        refused(token(SECRET, claims("busbar").put("exp", Instant.now().getEpochSecond() - 1)));
        refused(token("another secret of thirty-two bytes", claims("busbar")));
        refused("eyJhbGciOiJub25lIn0.eyJhdWQiOiJidXNiYXIifQ.");
        refused("nonsense");
    }

    private void refused(String token) {
        assertThatThrownBy(() -> authenticator.identify("Bearer " + token).await())
                .isInstanceOf(AccessException.class);
    }

    private static JsonObject claims(String audience) {
        return new JsonObject().put("aud", audience).put("roles", "watchers").put("sub", "alice");
    }

    private String token(String secret, JsonObject claims) {
        var options = new JWTAuthOptions()
                .addPubSecKey(new PubSecKeyOptions().setAlgorithm("HS256").setBuffer(secret));
        return JWTAuth.create(vertx, options).generateToken(claims, new JWTOptions());
    }
}
