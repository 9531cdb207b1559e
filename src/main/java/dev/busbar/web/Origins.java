package dev.busbar.web;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.List;

/**
 * Refuses requests from pages of other sites. Permitted are pages served by this port, pages of a configured origin,
 * and clients that send no {@code Origin}. A port on the loopback interface accepts its own origin only under a name of
 * this machine, as a guard against DNS rebinding.
 */
final class Origins implements Handler<RoutingContext> {

    private final List<String> named;
    private final boolean loopback;

    /**
     * @param named the configured origins; {@code *} permits all
     * @param loopback whether the port listens on the loopback interface only
     */
    Origins(List<String> named, boolean loopback) {
        this.named = named;
        this.loopback = loopback;
    }

    @Override
    public void handle(RoutingContext context) {
        var origin = context.request().getHeader("Origin");
        var host = context.request().getHeader("Host");
        if (origin == null || isAllowed(origin, host == null ? "" : host)) {
            context.next();
        } else {
            context.response()
                    .setStatusCode(403)
                    .putHeader("Content-Type", "text/plain")
                    .end("Pages of this origin may not connect; web.origins can permit it.\n");
        }
    }

    private boolean isAllowed(String origin, String host) {
        if (named.contains("*") || named.contains(origin)) {
            return true;
        }
        try {
            return (!loopback || Hosts.isLocal(host))
                    && host.equals(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException notAUri) {
            return false;
        }
    }
}
