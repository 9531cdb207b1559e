package dev.busbar.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.access.AccessException;
import dev.busbar.access.Authenticator;
import dev.busbar.config.ConfigLoader;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration alone decides how tokens are signed. If the token did, a public key could serve as a secret. */
class TokenAlgorithmTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final KeyPair KEYS = keys();
    private static final String PEM = pem(KEYS);
    private static final JsonObject CLAIMS =
            Tokens.claims("watchers", Instant.now().plusSeconds(3600));

    @TempDir
    private static Path folder;

    private static Authenticator byPublicKey;

    @BeforeAll
    static void start() throws IOException {
        byPublicKey = authenticator(
                "publicKey: '" + Files.writeString(folder.resolve("jwt.pem"), PEM) + "', algorithm: RS256");
    }

    @AfterAll
    static void stop() {
        VERTX.close().await();
    }

    @Test
    void ofThePublicKeyIsAccepted() {
        var who = byPublicKey
                .identify("Bearer " + Tokens.signed("RS256", KEYS.getPrivate(), CLAIMS))
                .await();

        assertThat(who.permissions().mayListen(TopicFilter.parse("builds.*"))).isTrue();
    }

    static Stream<byte[]> knownToEverybody() {
        return Stream.of(
                PEM.getBytes(UTF_8),
                PEM.strip().getBytes(UTF_8),
                PEM.lines()
                        .filter(it -> !it.startsWith("-"))
                        .reduce("", String::concat)
                        .getBytes(UTF_8),
                KEYS.getPublic().getEncoded());
    }

    @ParameterizedTest
    @MethodSource("knownToEverybody")
    void aPublicKeyIsNoSecret(byte[] key) {
        for (var algorithm : new String[] {"HS256", "HS384", "HS512"}) {
            refused(byPublicKey, Tokens.signed(algorithm, key, CLAIMS));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "nOnE", "NONE", "", "RS256"})
    void aSignatureIsNeeded(String algorithm) {
        refused(byPublicKey, Tokens.unsigned(algorithm, CLAIMS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS384", "RS512"})
    void ofTheRightKeyWithAnotherAlgorithmIsRefused(String algorithm) {
        refused(byPublicKey, Tokens.signed(algorithm, KEYS.getPrivate(), CLAIMS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS384", "HS512"})
    void ofTheRightSecretWithAnotherAlgorithmIsRefused(String algorithm) {
        var bySecret = authenticator("secret: " + Tokens.SECRET);
        bySecret.identify("Bearer " + Tokens.signed("HS256", Tokens.SECRET.getBytes(UTF_8), CLAIMS))
                .await();

        refused(bySecret, Tokens.signed(algorithm, Tokens.SECRET.getBytes(UTF_8), CLAIMS));
    }

    @Test
    void anotherKeyIsRefused() {
        refused(byPublicKey, Tokens.signed("RS256", keys().getPrivate(), CLAIMS));
    }

    private static void refused(Authenticator authenticator, String token) {
        assertThatThrownBy(() -> authenticator.identify("Bearer " + token).await())
                .isInstanceOf(AccessException.class)
                .hasMessageContaining("the token is not accepted");
    }

    private static Authenticator authenticator(String jwt) {
        var config = ConfigLoader.parse("""
                web:
                  auth: {jwt: {%s, audience: busbar}}
                  roles: {watchers: {listen: "mq:builds.#"}}
                """.formatted(jwt), "test");
        return Authenticator.create(VERTX, config.orThrow().web()).await();
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("RSA").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(KeyPair keys) {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(keys.getPublic().getEncoded());
        return "-----BEGIN PUBLIC KEY-----\n" + lines + "\n-----END PUBLIC KEY-----\n";
    }
}
