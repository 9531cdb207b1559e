package dev.busbar.web.access;

import dev.busbar.config.JwtConfig;
import dev.busbar.config.WebConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.authentication.UsernamePasswordCredentials;
import io.vertx.ext.auth.htpasswd.HtpasswdAuth;
import io.vertx.ext.auth.htpasswd.HtpasswdAuthOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/** Finds out who somebody is by an HTTP {@code Authorization}. For all event loops. */
public final class Authenticator {

    private static final int LONGEST = 16 * 1024;

    private final Vertx vertx;
    private final Roles roles;
    private final int leeway;
    private final JWTAuth jwt;
    private final HtpasswdAuth htpasswd;

    private Authenticator(Vertx vertx, WebConfig config) {
        var auth = config.auth();
        this.vertx = vertx;
        roles = new Roles(config);
        leeway = auth.jwt() == null ? 0 : (int) auth.jwt().leeway().toSeconds();
        jwt = auth.jwt() == null ? null : JWTAuth.create(vertx, options(vertx, auth.jwt()));
        htpasswd = auth.htpasswd() == null
                ? null
                : HtpasswdAuth.create(vertx, new HtpasswdAuthOptions().setHtpasswdFile(auth.htpasswd()));
    }

    /** Reads the files named, on a worker. Fails with an {@link AccessException} that names the setting. */
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

    /** Who does not say who they are. */
    public Identity anonymous() {
        return new Identity("anonymous", roles.anonymous(), null);
    }

    /**
     * @param authorization {@code Bearer …} or {@code Basic …}
     * @return fails with an {@link AccessException}
     */
    public Future<Identity> identify(String authorization) {
        var space = authorization.indexOf(' ');
        var scheme = space < 0 ? "" : authorization.substring(0, space);
        var given = authorization.substring(space + 1).trim();
        if (authorization.length() > LONGEST) {
            return refused("the authorization is longer than " + LONGEST + " characters");
        }
        if (scheme.equalsIgnoreCase("Bearer") && jwt != null) {
            return bearer(given);
        }
        if (scheme.equalsIgnoreCase("Basic") && htpasswd != null) {
            return basic(given);
        }
        return refused("this kind of authorization is not accepted here; use "
                + (jwt == null ? "" : "'Bearer TOKEN'") + (jwt == null || htpasswd == null ? "" : " or ")
                + (htpasswd == null ? "" : "'Basic …'") + (jwt == null && htpasswd == null ? "none" : ""));
    }

    private Future<Identity> bearer(String token) {
        return jwt.authenticate(new TokenCredentials(token))
                .map(user -> {
                    JsonObject claims = user.attributes().getJsonObject("accessToken", new JsonObject());
                    Long seconds = claims.getLong("exp");
                    var expires = seconds == null ? null : Instant.ofEpochSecond(seconds + leeway);
                    return new Identity(claims.getString("sub", "bearer"), roles.ofToken(claims), expires);
                })
                .recover(failure -> refused("the token is not accepted: it is malformed, expired, or for somebody else;"
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
        var credentials = new UsernamePasswordCredentials(text.substring(0, colon), text.substring(colon + 1));
        return vertx.executeBlocking(() -> htpasswd.authenticate(credentials))
                .compose(checked -> checked)
                .map(user -> new Identity(credentials.getUsername(), roles.ofUser(credentials.getUsername()), null))
                .recover(failure -> refused("user or password are wrong"));
    }

    private static Future<Identity> refused(String why) {
        return Future.failedFuture(new AccessException(why));
    }
}
