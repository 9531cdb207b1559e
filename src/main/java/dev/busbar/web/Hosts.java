package dev.busbar.web;

import dev.busbar.config.WebConfig;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/**
 * What listens on this machine only answers to no other host name than this machine's or one of {@code web.origins}: a
 * page of another site whose name is pointed here would be of the same origin as we are.
 */
final class Hosts implements Handler<RoutingContext> {

    private final WebConfig config;

    Hosts(WebConfig config) {
        this.config = config;
    }

    @Override
    public void handle(RoutingContext context) {
        var host = context.request().getHeader("Host");
        if (!config.isLoopback() || host == null || isKnown(host)) {
            context.next();
        } else {
            context.response()
                    .setStatusCode(403)
                    .end("This is not known here as '" + host + "'; web.origins can name it.\n");
        }
    }

    private boolean isKnown(String host) {
        return Origins.isLocal(host)
                || config.origins().stream().anyMatch(it -> it.equals("*") || it.endsWith("://" + host));
    }
}
