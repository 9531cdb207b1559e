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
 * Serves the JSON API. Failures are JSON too: {@code {"message": …}}, with the {@code field} that is wrong where there
 * is one. For all event loops.
 */
public final class Api {

    private static final ThrottledLog FAILURES = new ThrottledLog(CleanLogger.of(Api.class), Level.ERROR, "api");

    /** The key that marks the context of a request whose body has been read. */
    private static final String BODY_READ = "busbar.read";

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

    /** Returns a router for one event loop, to be mounted at {@code /api/*}. */
    public Router router() {
        var router = Router.router(vertx);
        router.route().handler(Api::headers);
        router.post()
                .handler(BodyHandler.create(false).setBodyLimit(config.limits().frameBytes()))
                .handler(context -> context.put(BODY_READ, true).next());
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
        router.route().failureHandler(this::failed);
        return router;
    }

    private static void headers(RoutingContext context) {
        context.response().putHeader("Cache-Control", "no-store").putHeader("X-Content-Type-Options", "nosniff");
        context.next();
    }

    private void answer(Endpoint endpoint, RoutingContext context) {
        identify(context)
                .map(identity -> authorize(endpoint, context, identity))
                .compose(call -> endpoint.operation().apply(call))
                .map(Json::encodeToBuffer)
                .onComplete(answer -> end(context, 200, answer), failure -> fail(context, failure));
    }

    private Future<Identity> identify(RoutingContext context) {
        var authorization = context.request().getHeader("Authorization");
        return authorization == null
                ? Future.succeededFuture(authenticator.anonymous())
                : authenticator.identify(authorization);
    }

    private Call authorize(Endpoint endpoint, RoutingContext context, Identity identity) {
        var call = new Call(context, identity, config.auth().isPossible());
        if (!endpoint.required().isMetBy(identity.permissions())) {
            throw call.forbidden(endpoint.required().description());
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
        ApiException answer;
        if (failure instanceof ApiException known) {
            answer = known;
        } else if (failure instanceof AccessException) {
            answer = ApiException.of(401, failure.getMessage());
        } else if (failure instanceof HttpClosedException) {
            return;
        } else {
            FAILURES.add(context.request().method() + " of " + context.request().path() + " failed", failure);
            answer = ApiException.of(500, "the request failed on this node; its log says why");
        }
        if (answer.status() == 401) {
            // Not Basic, because browsers would then ask for the password in a window of their own.
            context.response().putHeader("WWW-Authenticate", "Bearer realm=\"busbar\"");
        }
        end(context, answer.status(), answer.toJson().toBuffer());
    }

    /** Answers a request that Vert.x has refused, or that failed in a handler. */
    private void failed(RoutingContext context) {
        var status = context.statusCode();
        var isClientError = status >= 400 && status < 500;
        if (status == 413) {
            var maxBytes = config.limits().frameBytes();
            fail(context, ApiException.of(413, "the body is longer than web.limits.frame, " + maxBytes + " bytes"));
        } else if (isClientError || !isBodyRead(context)) {
            fail(context, ApiException.of(isClientError ? status : 400, "the request cannot be read"));
        } else {
            fail(context, context.failure());
        }
    }

    /** Whether the whole request has been read; a failure before that is the client's. */
    private static boolean isBodyRead(RoutingContext context) {
        return context.request().method() != HttpMethod.POST || context.get(BODY_READ) != null;
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
