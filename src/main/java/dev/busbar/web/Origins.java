package dev.busbar.web;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.List;

/**
 * Lets pages connect that are served here or of an origin that is named, and whoever is no page. What listens on this
 * machine only believes no other host name than this machine's, lest another site's name be pointed at it.
 */
final class Origins implements Handler<RoutingContext> {

    private final List<String> named;
    private final boolean loopback;

    /**
     * @param named origins besides that of the port itself; {@code *} for all
     * @param loopback whether only this machine can connect
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
