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

/** Who a socket is at present, and so what it may do. */
final class SocketAuthorization {

    /** What it may do has changed. */
    interface Change {
        /** @param error the word for what is no longer permitted; {@code why} ends a sentence that begins with it */
        void to(String error, String why);
    }

    private final Vertx vertx;
    private final Authenticator authenticator;
    private final Change change;
    private Identity identity;
    private String authorization;
    private long expiry = -1;
    private boolean closed;

    SocketAuthorization(Vertx vertx, Authenticator authenticator, Change change) {
        this.vertx = vertx;
        this.authenticator = authenticator;
        this.change = change;
        identity = authenticator.anonymous();
    }

    String name() {
        return identity.name();
    }

    /** @throws IllegalArgumentException if it is not a filter */
    boolean mayListen(String address) {
        return address.startsWith(Permissions.BROKER)
                ? identity.permissions().mayListen(TopicFilter.parse(key(address)))
                : identity.permissions().mayListen(address);
    }

    /** @throws IllegalArgumentException if it is not a routing key */
    boolean mayProduce(String address) {
        return address.startsWith(Permissions.BROKER)
                ? identity.permissions().mayProduce(RoutingKey.parse(key(address)))
                : identity.permissions().mayProduce(address);
    }

    /** What stands behind {@code mq:}. */
    static String key(String address) {
        return address.substring(Permissions.BROKER.length());
    }

    boolean isNews(String given) {
        return given != null && !given.equals(authorization);
    }

    Future<Void> present(String given) {
        return authenticator.identify(given).map(who -> {
            become(who, given);
            return null;
        });
    }

    private void become(Identity who, String given) {
        if (closed) {
            return;
        }
        vertx.cancelTimer(expiry);
        identity = who;
        authorization = given;
        if (who.expires() != null) {
            var left = Duration.between(Instant.now(), who.expires()).toMillis();
            expiry = vertx.setTimer(Math.max(1, left), id -> expired());
        }
        change.to("access_denied", "is not permitted to " + who.name());
    }

    private void expired() {
        identity = authenticator.anonymous();
        authorization = null;
        change.to("token_expired", "ends with the token that permitted it; send a new one and register again");
    }

    void close() {
        closed = true;
        vertx.cancelTimer(expiry);
    }
}
