package dev.busbar.web.sockjs;

import dev.busbar.config.SlowReader;
import dev.busbar.config.WebConfig;
import dev.busbar.hub.Hub;
import dev.busbar.topic.TopicFilter;
import dev.busbar.web.access.Authenticator;
import dev.busbar.web.access.Permissions;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import java.util.LinkedHashSet;
import java.util.Set;

/** Serves the sockets of browsers, on the event loop it was made on. */
public final class BrowserBridge {

    final Vertx vertx;
    final Hub hub;
    final WebConfig config;
    final Authenticator authenticator;
    final Browsers browsers;
    final Context home;
    /** In the order in which they came. */
    final Set<BrowserSocket> sockets = new LinkedHashSet<>();

    public BrowserBridge(Vertx vertx, Hub hub, WebConfig config, Authenticator authenticator, Browsers browsers) {
        this.vertx = vertx;
        this.hub = hub;
        this.config = config;
        this.authenticator = authenticator;
        this.browsers = browsers;
        home = vertx.getOrCreateContext();
        browsers.add(this);
    }

    /** To be mounted at {@code /eventbus/*}, behind a body handler. */
    public Router router() {
        var router = Router.router(vertx);
        router.routeWithRegex(Transports.REFUSED_PATHS)
                .handler(context -> context.response().setStatusCode(404).end("This is not offered here.\n"));
        // vertx-web closes the connection of a poll without saying so, and who uses it again loses what they send.
        router.postWithRegex("/[^/]+/[^/]+/xhr").handler(context -> {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            context.next();
        });
        router.route("/*")
                .subRouter(SockJSHandler.create(vertx, Transports.options())
                        .socketHandler(socket -> new BrowserSocket(this, socket).open()));
        return router;
    }

    SlowReader policy(String address) {
        return config.slowReaders().stream()
                .filter(rule -> rule.addresses().stream().anyMatch(it -> isWithin(it, address)))
                .findFirst()
                .map(rule -> rule.policy())
                .orElse(config.limits().whenSlow());
    }

    private static boolean isWithin(String rule, String address) {
        var prefix = Permissions.BROKER;
        return rule.equals(address)
                || rule.startsWith(prefix)
                        && address.startsWith(prefix)
                        && TopicFilter.parse(rule.substring(prefix.length()))
                                .covers(TopicFilter.parse(address.substring(prefix.length())));
    }
}
