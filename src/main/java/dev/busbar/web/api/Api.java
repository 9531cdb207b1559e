package dev.busbar.web.api;

import dev.busbar.access.AccessException;
import dev.busbar.access.Authenticator;
import dev.busbar.access.Identity;
import dev.busbar.config.WebConfig;
import dev.busbar.hub.Hub;
import dev.busbar.log.CleanLogger;
import dev.busbar.log.ThrottledLog;
import dev.busbar.web.sockjs.Browsers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.Json;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.event.Level;

/**
 * Answers in JSON, failures too: {@code {"message": …}}, with the {@code field} that is to blame where there is one.
 * For all event loops.
 */
public final class Api {

    private static final ThrottledLog FAILURES = new ThrottledLog(CleanLogger.of(Api.class), Level.ERROR, "api");

    private static final String READ = "busbar.read";

    private final Vertx vertx;
    private final WebConfig config;
    private final Authenticator authenticator;
    private final List<Endpoint> endpoints;

    public Api(Vertx vertx, Hub hub, WebConfig config, Authenticator authenticator, Browsers browsers) {
        this.vertx = vertx;
        this.config = config;
        this.authenticator = authenticator;
        this.endpoints = Endpoints.of(hub, config, browsers);
    }

    List<Endpoint> endpoints() {
        return endpoints;
    }

    /** To be mounted at {@code /api/*}, one for each event loop. */
    public Router router() {
        var router = Router.router(vertx);
        router.route().handler(Api::headers);
        router.post()
                .handler(BodyHandler.create(false).setBodyLimit(config.limits().frameBytes()))
                .handler(context -> context.put(READ, true).next());
        for (var endpoint : endpoints) {
            var route = router.routeWithRegex(endpoint.pattern());
            endpoint.methods().forEach(route::method);
            route.handler(context -> answer(endpoint, context));
        }
        for (var endpoint : endpoints) {
            router.routeWithRegex(endpoint.pattern()).handler(context -> refuseMethod(endpoint.path(), context));
        }
        router.route()
                .handler(context -> fail(
                        context,
                        ApiException.of(404, "there is no " + context.request().path() + "; see /api/openapi.yaml")));
        router.route().failureHandler(this::unreadable);
        return router;
    }

    private static void headers(RoutingContext context) {
        context.response().putHeader("Cache-Control", "no-store").putHeader("X-Content-Type-Options", "nosniff");
        context.next();
    }

    private void answer(Endpoint endpoint, RoutingContext context) {
        identify(context)
                .map(identity -> permitted(endpoint, context, identity))
                .compose(call -> endpoint.work().apply(call))
                .map(Json::encodeToBuffer)
                .onComplete(answer -> end(context, 200, answer), failure -> fail(context, failure));
    }

    private Future<Identity> identify(RoutingContext context) {
        var authorization = context.request().getHeader("Authorization");
        return authorization == null
                ? Future.succeededFuture(authenticator.anonymous())
                : authenticator.identify(authorization);
    }

    private Call permitted(Endpoint endpoint, RoutingContext context, Identity identity) {
        var call = new Call(context, identity, config.auth().isPossible());
        if (!endpoint.required().isMetBy(identity.permissions())) {
            throw call.forbidden(endpoint.required().what());
        }
        return call;
    }

    private void refuseMethod(String path, RoutingContext context) {
        var allowed = endpoints.stream()
                .filter(endpoint -> endpoint.path().equals(path))
                .flatMap(endpoint -> endpoint.methods().stream())
                .map(HttpMethod::name)
                .collect(Collectors.joining(", "));
        context.response().putHeader(HttpHeaders.ALLOW, allowed);
        fail(context, ApiException.of(405, context.request().method() + " is not possible here; " + allowed + " is"));
    }

    private void fail(RoutingContext context, Throwable failure) {
        ApiException told;
        if (failure instanceof ApiException known) {
            told = known;
        } else if (failure instanceof AccessException) {
            told = ApiException.of(401, failure.getMessage());
        } else if (failure instanceof HttpClosedException) {
            return;
        } else {
            FAILURES.add(context.request().method() + " of " + context.request().path() + " failed", failure);
            told = ApiException.of(500, "that failed here; the log of this node says why");
        }
        if (told.status() == 401) {
            // Not Basic, for which browsers would ask in a window of their own.
            context.response().putHeader("WWW-Authenticate", "Bearer realm=\"busbar\"");
        }
        end(context, told.status(), told.toJson().toBuffer());
    }

    /** Vert.x would not have it. */
    private void unreadable(RoutingContext context) {
        var status = context.statusCode();
        var theirs = status >= 400 && status < 500;
        if (status == 413) {
            var most = config.limits().frameBytes();
            fail(context, ApiException.of(413, "the body is longer than web.limits.frame, " + most + " bytes"));
        } else if (theirs || !isRead(context)) {
            fail(context, ApiException.of(theirs ? status : 400, "the request cannot be read"));
        } else {
            fail(context, context.failure());
        }
    }

    /** What fails before, whoever sent it has to put right. */
    private static boolean isRead(RoutingContext context) {
        return context.request().method() != HttpMethod.POST || context.get(READ) != null;
    }

    private static void end(RoutingContext context, int status, Buffer answer) {
        var response = context.response();
        if (!response.ended() && !response.closed()) {
            response.setStatusCode(status)
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end(answer);
        }
    }
}
