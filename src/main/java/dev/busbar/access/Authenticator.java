package dev.busbar.access;

import dev.busbar.config.JwtConfig;
import dev.busbar.config.WebConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/** Authenticates clients by the HTTP header {@code Authorization}. For all event loops. */
public final class Authenticator {

    /** The end of the year 9999. */
    private static final long MAX_EPOCH_SECONDS = 253_402_300_799L;

    private final Roles roles;
    private final int leewaySeconds;
    private final long maxHeaderBytes;
    private final JWTAuth jwt;
    private final Passwords passwords;

    private Authenticator(Vertx vertx, WebConfig config) {
        var auth = config.auth();
        roles = new Roles(config);
        maxHeaderBytes = config.limits().headerBytes();
        leewaySeconds = auth.jwt() == null ? 0 : (int) auth.jwt().leeway().toSeconds();
        jwt = auth.jwt() == null ? null : JWTAuth.create(vertx, options(vertx, auth.jwt()));
        passwords = auth.htpasswd() == null ? null : new Passwords(vertx, auth.htpasswd());
    }

    /**
     * Reads the password file and the public key, on a worker.
     *
     * @return fails with an {@link AccessException} that names the setting
     */
    public static Future<Authenticator> create(Vertx vertx, WebConfig config) {
        return vertx.executeBlocking(() -> {
            try {
                return new Authenticator(vertx, config);
            } catch (RuntimeException unusable) {
                throw new AccessException(
                        "web.auth: cannot be used (" + unusable.getMessage()
                                + "). Check web.auth.htpasswd, and that web.auth.jwt.publicKey is a PEM file for its algorithm.");
            }
        });
    }

    private static JWTAuthOptions options(Vertx vertx, JwtConfig config) {
        var key = config.secret() != null
                ? config.secret().reveal()
                : vertx.fileSystem().readFileBlocking(config.publicKey()).toString();
        var checks = new JWTOptions().setLeeway((int) config.leeway().toSeconds());
        if (config.audience() != null) {
            checks.addAudience(config.audience());
        }
        return new JWTAuthOptions()
                .addPubSecKey(
                        new PubSecKeyOptions().setAlgorithm(config.algorithm()).setBuffer(key))
                .setJWTOptions(config.issuer() == null ? checks : checks.setIssuer(config.issuer()));
    }

    /** The identity of a client that sends no authorization. */
    public Identity anonymous() {
        return new Identity("anonymous", roles.anonymous(), null);
    }

    /**
     * Authenticates a client.
     *
     * @param authorization the header's value: {@code Bearer …} or {@code Basic …}
     * @return fails with an {@link AccessException} if the authorization is not accepted
     */
    public Future<Identity> identify(String authorization) {
        var space = authorization.indexOf(' ');
        var scheme = space < 0 ? "" : authorization.substring(0, space);
        var given = authorization.substring(space + 1).trim();
        if (authorization.length() > maxHeaderBytes) {
            return refused("the authorization is longer than web.limits.headers, " + maxHeaderBytes + " bytes");
        }
        if (scheme.equalsIgnoreCase("Bearer") && jwt != null) {
            return bearer(given);
        }
        if (scheme.equalsIgnoreCase("Basic") && passwords != null) {
            return basic(given);
        }
        return refused("this kind of authorization is not accepted here; use "
                + (jwt == null ? "" : "'Bearer TOKEN'") + (jwt == null || passwords == null ? "" : " or ")
                + (passwords == null ? "" : "'Basic …'") + (jwt == null && passwords == null ? "none" : ""));
    }

    private Future<Identity> bearer(String token) {
        // Called within compose, because claims of unexpected types make it throw.
        return Future.succeededFuture(new TokenCredentials(token))
                .compose(jwt::authenticate)
                .map(user -> {
                    JsonObject claims = user.attributes().getJsonObject("accessToken", new JsonObject());
                    Long seconds = claims.getLong("exp");
                    var expires = seconds == null
                            ? null
                            : Instant.ofEpochSecond(Math.min(seconds, MAX_EPOCH_SECONDS) + leewaySeconds);
                    return new Identity(claims.getString("sub", "bearer"), roles.ofToken(claims), expires);
                })
                .recover(failure ->
                        refused("the token is not accepted: it is malformed, expired, or for another audience;"
                                + " get a new one"));
    }

    private Future<Identity> basic(String encoded) {
        String text;
        try {
            text = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return refused("the user and password are not in Base64");
        }
        var colon = text.indexOf(':');
        if (colon < 1) {
            return refused("the user and password are not joined by a colon");
        }
        var user = text.substring(0, colon);
        return passwords
                .check(user, text.substring(colon + 1))
                .map(right -> new Identity(user, roles.ofUser(user), null));
    }

    private static Future<Identity> refused(String why) {
        return Future.failedFuture(new AccessException(why));
    }
}
