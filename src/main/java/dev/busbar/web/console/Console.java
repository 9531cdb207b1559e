package dev.busbar.web.console;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Serves the files of the console. Everybody gets them, because they contain no secrets; the API that they call checks
 * permissions.
 */
public final class Console {

    private static final String SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** Permits no dot but that of the extension, so that no path leads out of the folder. */
    private static final Pattern FILE_PATH = Pattern.compile("/(?:[a-z0-9-]+/)*[a-z0-9-]+\\.(?:html|js|css|svg)");

    private final Vertx vertx;
    private final Map<String, String> libraries = libraries();
    private final Map<String, Asset> cache = new ConcurrentHashMap<>();

    public Console(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Returns a router for one event loop, to be mounted at {@code /*} behind all other routes. */
    public Router router() {
        var router = Router.router(vertx);
        router.route().handler(context -> {
            var path = context.normalizedPath();
            serve(context, path.equals("/") ? resource("/index.html") : resource(path));
        });
        return router;
    }

    /** Returns a handler that answers with one file of the class path. */
    public Handler<RoutingContext> file(String resource) {
        return context -> serve(context, resource);
    }

    /** @return the resource of the path; {@code null} if the path cannot be that of a file of the console */
    private String resource(String path) {
        if (libraries.containsKey(path)) {
            return libraries.get(path);
        }
        return FILE_PATH.matcher(path).matches() ? "/dev/busbar/web/console/webroot" + path : null;
    }

    private void serve(RoutingContext context, String resource) {
        var method = context.request().method();
        if (method != HttpMethod.GET && method != HttpMethod.HEAD) {
            context.response()
                    .setStatusCode(405)
                    .putHeader(HttpHeaders.ALLOW, "GET, HEAD")
                    .end();
            return;
        }
        find(resource)
                .onSuccess(found -> found.ifPresentOrElse(asset -> send(context, asset), () -> missing(context)))
                .onFailure(context::fail);
    }

    private Future<Optional<Asset>> find(String resource) {
        var known = resource == null ? null : cache.get(resource);
        if (resource == null || known != null) {
            return Future.succeededFuture(Optional.ofNullable(known));
        }
        return vertx.executeBlocking(() -> {
            var asset = Optional.ofNullable(Asset.read(resource));
            asset.ifPresent(it -> cache.put(resource, it));
            return asset;
        });
    }

    private static void send(RoutingContext context, Asset asset) {
        var response = context.response()
                .putHeader(HttpHeaders.ETAG, asset.tag())
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader("Content-Security-Policy", SECURITY_POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer");
        if (asset.tag().equals(context.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, asset.type());
        response.end(asset.content());
    }

    private static void missing(RoutingContext context) {
        context.response()
                .setStatusCode(404)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain")
                .end("There is no such page; the console is at /.\n");
    }

    /** Maps paths below {@code /lib/} to files of the WebJars; the build writes the versions into the properties. */
    private static Map<String, String> libraries() {
        var all = new Properties();
        try (var in = Console.class.getResourceAsStream("libraries.properties")) {
            all.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var libraries = new ConcurrentHashMap<String, String>();
        all.forEach((path, file) -> libraries.put("/lib/" + path, "/META-INF/resources/webjars/" + file));
        return Map.copyOf(libraries);
    }
}
