package dev.busbar.web;

import dev.busbar.config.WebConfig;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;

/**
 * Lets pages connect that are served here or named in {@code web.origins}, and whoever is no page. What listens on this
 * machine only believes no other host name than this machine's, lest another site's name be pointed at it.
 */
final class Origins implements Handler<RoutingContext> {

    private final WebConfig config;

    Origins(WebConfig config) {
        this.config = config;
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
                    .end("Pages of this origin may not connect; web.origins can permit it.\n");
        }
    }

    /** Whether a {@code Host} is this machine, whoever asks. */
    static boolean isLocal(String host) {
        return host.matches("(localhost|127(\\.\\d+){3}|\\[::1])(:\\d+)?");
    }

    private boolean isAllowed(String origin, String host) {
        if (config.origins().contains("*") || config.origins().contains(origin)) {
            return true;
        }
        var local = !config.isLoopback() || isLocal(host);
        try {
            return local && host.equals(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException notAUri) {
            return false;
        }
    }
}
