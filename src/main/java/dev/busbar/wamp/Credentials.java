package dev.busbar.wamp;

import dev.busbar.access.Roles;
import dev.busbar.config.WampConfig;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Knows who may join and makes the challenges that prove it. Immutable; for all event loops. */
final class Credentials {

    static final String ANONYMOUS = "anonymous";
    static final String TICKET = "ticket";
    static final String CRA = "wampcra";

    private static final int NONCE_BYTES = 24;

    private final WampConfig config;
    private final Roles roles;
    private final SecureRandom random = new SecureRandom();

    Credentials(WampConfig config, Roles roles) {
        this.config = config;
        this.roles = roles;
    }

    /** @return who joins without authentication; {@code null} if everybody must authenticate */
    Principal anonymous() {
        return config.anonymous() == null ? null : principal(ANONYMOUS, config.anonymous(), ANONYMOUS);
    }

    boolean hasUsers() {
        return !config.users().isEmpty();
    }

    private Principal principal(String name, String role, String method) {
        return new Principal(name, role, method, roles.named(List.of(role)));
    }

    /** Returns a challenge; also for a user who does not exist, so that nobody can find out who does. */
    HandshakeResult challenge(String user, String method, long session) {
        var known = config.users().get(user);
        var role = known == null ? "" : known.role();
        var principal = principal(user, role, method);
        if (method.equals(TICKET)) {
            var expected = known == null ? null : known.secret().reveal();
            return new HandshakeResult(
                    new SessionState.Challenged(principal, expected),
                    new RouterMessage.Challenge(TICKET, new JsonObject()));
        }
        var text = challenge(user, session);
        var expected = known == null ? null : signature(known.secret().reveal(), text);
        return new HandshakeResult(
                new SessionState.Challenged(principal, expected),
                new RouterMessage.Challenge(CRA, new JsonObject().put("challenge", text)));
    }

    /** Returns the challenge text of wampcra. It leaves the role empty, which would tell that the user exists. */
    private String challenge(String user, long session) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return new JsonObject()
                .put("authid", user)
                .put("authrole", "")
                .put("authmethod", CRA)
                .put("authprovider", "busbar")
                .put("nonce", Base64.getEncoder().encodeToString(nonce))
                .put("timestamp", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("session", session)
                .encode();
    }

    static String signature(String secret, String challenge) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(challenge.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
