package dev.busbar.web;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens, right ones and wrong ones, made without the library that reads them. */
final class Tokens {

    static final String SECRET = "0123456789abcdef0123456789abcdef";

    private Tokens() {}

    /** One for an hour. */
    static String of(String role) {
        return signed(SECRET, claims(role, Instant.now().plusSeconds(3600)));
    }

    static JsonObject claims(String role, Instant expiry) {
        return new JsonObject()
                .put("sub", "alice")
                .put("aud", "busbar")
                .put("roles", role)
                .put("exp", expiry.getEpochSecond());
    }

    static String signed(String secret, JsonObject claims) {
        var signed = part("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + part(claims.encode());
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return signed + "." + encoded(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With the algorithm "none", in one of its spellings, and no signature. */
    static String unsigned(String none, JsonObject claims) {
        return part("{\"alg\":\"" + none + "\"}") + "." + part(claims.encode()) + ".";
    }

    private static String part(String json) {
        return encoded(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
