package dev.busbar.web.sockjs;

import dev.busbar.access.Authenticator;
import dev.busbar.access.Identity;
import dev.busbar.access.Permissions;
import dev.busbar.topic.RoutingKey;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;

/**
 * Holds the identity of one browser and checks its permissions, until the authorization expires. Confined to the
 * socket's event loop.
 */
final class SocketAuthorization {

    /** Hears of every change of the permissions. */
    interface PermissionsListener {
        /**
         * Called when the permissions have changed; some of what was permitted may not be any more.
         *
         * @param error the bridge's name of the error for what is no longer permitted
         * @param why the end of a sentence whose subject is what is no longer permitted
         */
        void changed(String error, String why);
    }

    private final Vertx vertx;
    private final Authenticator authenticator;
    private final PermissionsListener listener;
    private Identity identity;
    private String authorization;
    private long expiryTimer = -1;
    private boolean closed;

    SocketAuthorization(Vertx vertx, Authenticator authenticator, PermissionsListener listener) {
        this.vertx = vertx;
        this.authenticator = authenticator;
        this.listener = listener;
        identity = authenticator.anonymous();
    }

    String name() {
        return identity.name();
    }

    /** @throws IllegalArgumentException if the address begins with {@code mq:} and no filter follows */
    boolean mayListen(String address) {
        return address.startsWith(Permissions.BROKER)
                ? identity.permissions().mayListen(TopicFilter.parse(key(address)))
                : identity.permissions().mayListen(address);
    }

    /** @throws IllegalArgumentException if the address begins with {@code mq:} and no routing key follows */
    boolean mayProduce(String address) {
        return address.startsWith(Permissions.BROKER)
                ? identity.permissions().mayProduce(RoutingKey.parse(key(address)))
                : identity.permissions().mayProduce(address);
    }

    /** Returns the filter or routing key that follows {@code mq:}. */
    static String key(String address) {
        return address.substring(Permissions.BROKER.length());
    }

    /** Whether this authorization differs from the one in force. */
    boolean isNew(String given) {
        return given != null && !given.equals(authorization);
    }

    /** @return fails with an {@link dev.busbar.access.AccessException} if the authorization is not accepted */
    Future<Void> authenticate(String given) {
        return authenticator.identify(given).map(accepted -> {
            become(accepted, given);
            return null;
        });
    }

    private void become(Identity accepted, String given) {
        if (closed) {
            return;
        }
        vertx.cancelTimer(expiryTimer);
        identity = accepted;
        authorization = given;
        if (accepted.expires() != null) {
            var leftMillis = Duration.between(Instant.now(), accepted.expires()).toMillis();
            expiryTimer = vertx.setTimer(Math.max(1, leftMillis), id -> expired());
        }
        listener.changed("access_denied", "is not permitted to " + accepted.name());
    }

    private void expired() {
        identity = authenticator.anonymous();
        authorization = null;
        listener.changed("token_expired", "ends with the token that permitted it; send a new one and register again");
    }

    void close() {
        closed = true;
        vertx.cancelTimer(expiryTimer);
    }
}
