package dev.busbar.wamp;

import dev.busbar.config.WampConfig;
import dev.busbar.wamp.SessionState.Challenged;
import dev.busbar.wamp.SessionState.Joined;
import dev.busbar.wamp.SessionState.Left;
import dev.busbar.wamp.SessionState.Opening;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;

/**
 * Decides how a session joins and leaves: a function of the {@link SessionState} and the client's message. HELLO leads
 * to WELCOME at once, or to CHALLENGE and AUTHENTICATE first; anything unexpected leads to ABORT.
 */
final class WampHandshake {

    private static final JsonObject ROLES = new JsonObject()
            .put(
                    "broker",
                    new JsonObject()
                            .put(
                                    "features",
                                    new JsonObject()
                                            .put("pattern_based_subscription", true)
                                            .put("publisher_exclusion", true)));

    private final WampConfig config;
    private final Credentials credentials;
    private final long session;

    WampHandshake(WampConfig config, Credentials credentials, long session) {
        this.config = config;
        this.credentials = credentials;
        this.session = session;
    }

    /**
     * @return the result; {@code null} if the message is a request in a joined session and so no part of the handshake
     */
    HandshakeResult on(SessionState state, ClientMessage message) {
        if (message instanceof ClientMessage.Abort) {
            return new HandshakeResult(new Left(), null);
        } else if (state instanceof Opening && message instanceof ClientMessage.Hello hello) {
            return hello(hello);
        } else if (state instanceof Challenged challenged && message instanceof ClientMessage.Authenticate given) {
            return authenticate(challenged, given.signature());
        } else if (!(state instanceof Joined)) {
            return violation(name(message) + " before "
                    + (state instanceof Opening ? "HELLO" : "AUTHENTICATE, which the CHALLENGE asked for"));
        } else if (message instanceof ClientMessage.Goodbye) {
            return new HandshakeResult(new Left(), new RouterMessage.Goodbye());
        } else if (message instanceof ClientMessage.Hello || message instanceof ClientMessage.Authenticate) {
            return violation(name(message) + " in a session that has been joined already");
        }
        return null;
    }

    static HandshakeResult violation(String message) {
        return HandshakeResult.abort(WampError.PROTOCOL_VIOLATION, message);
    }

    private static String name(ClientMessage message) {
        return message.getClass().getSimpleName().toUpperCase(Locale.ROOT);
    }

    private HandshakeResult hello(ClientMessage.Hello hello) {
        if (!config.realms().contains(hello.realm())) {
            return HandshakeResult.abort(
                    WampError.NO_SUCH_REALM,
                    "the realm '" + ClientMessages.shortened(hello.realm()) + "' is none of wamp.realms");
        }
        if (!(hello.details().getValue("roles") instanceof JsonObject)) {
            return violation("HELLO: details.roles must be an object");
        }
        var methods = hello.details().getValue("authmethods") instanceof JsonArray offered ? offered : null;
        var user = hello.details().getValue("authid") instanceof String name ? name : null;
        if (methods != null && user != null && credentials.hasUsers()) {
            for (var method : new String[] {Credentials.CRA, Credentials.TICKET}) {
                if (methods.contains(method)) {
                    return credentials.challenge(user, method, session);
                }
            }
        }
        var anonymous = credentials.anonymous();
        if (anonymous != null && (methods == null || methods.isEmpty() || methods.contains(Credentials.ANONYMOUS))) {
            return welcome(anonymous);
        }
        return HandshakeResult.abort(
                WampError.NO_MATCHING_AUTH_METHOD,
                credentials.hasUsers()
                        ? "offer wampcra or ticket, with an authid" + (anonymous == null ? "" : ", or anonymous")
                        : "no users are configured here; join without authentication");
    }

    private HandshakeResult authenticate(Challenged challenged, String given) {
        var proven = challenged.expected() != null
                && MessageDigest.isEqual(
                        challenged.expected().getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
        return proven
                ? welcome(challenged.claimed())
                : HandshakeResult.abort(WampError.AUTHENTICATION_FAILED, "the user or the secret is wrong");
    }

    private HandshakeResult welcome(Principal principal) {
        var details = new JsonObject().put("roles", ROLES.copy());
        if (!principal.method().equals(Credentials.ANONYMOUS)) {
            details.put("authid", principal.name())
                    .put("authrole", principal.role())
                    .put("authmethod", principal.method())
                    .put("authprovider", "busbar");
        }
        return new HandshakeResult(new Joined(principal), new RouterMessage.Welcome(session, details));
    }
}
