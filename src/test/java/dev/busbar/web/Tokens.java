package dev.busbar.web;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes valid and invalid tokens, without the library that reads them. */
public final class Tokens {

    public static final String SECRET = "0123456789abcdef0123456789abcdef";

    private Tokens() {}

    /** Returns a token that is valid for an hour. */
    public static String of(String role) {
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
        return signed("HS256", secret.getBytes(StandardCharsets.UTF_8), claims);
    }

    /** @param algorithm e.g. HS256 */
    static String signed(String algorithm, byte[] secret, JsonObject claims) {
        var signed = said(algorithm, claims);
        try {
            var mac = Mac.getInstance(algorithm.replace("HS", "HmacSHA"));
            mac.init(new SecretKeySpec(secret, mac.getAlgorithm()));
            return signed + "." + encoded(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param algorithm e.g. RS256 */
    static String signed(String algorithm, PrivateKey key, JsonObject claims) {
        var signed = said(algorithm, claims);
        try {
            var signature = Signature.getInstance(algorithm.replace("RS", "SHA") + "withRSA");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + encoded(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a token without a signature, whose header names any algorithm, e.g. "none" in one of its spellings. */
    static String unsigned(String algorithm, JsonObject claims) {
        return said(algorithm, claims) + ".";
    }

    private static String said(String algorithm, JsonObject claims) {
        return part("{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\"}") + "." + part(claims.encode());
    }

    private static String part(String json) {
        return encoded(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
