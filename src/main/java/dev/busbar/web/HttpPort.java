package dev.busbar.web;

import dev.busbar.log.ThrottledLog;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * One event loop's part of an HTTP server of Busbar. Busbar's HTTP port and the management port have the same guards:
 * limits for connections, for the time that a request takes and for the length of its headers; known hosts only; no
 * HTTP/2; and a throttled log for requests that cannot be handled.
 */
final class HttpPort {

    private static final int NOT_MODIFIED = 304;

    /** The key that marks the context of a request that arrived as HEAD. */
    private static final String HEAD = HttpPort.class.getName() + ".head";

    private final Vertx vertx;
    private final Logger log;
    private final ThrottledLog warnings;
    private final HttpConnections connections;
    private final int headerBytes;
    private final Router router;

    /**
     * Must be called on the event loop.
     *
     * @param name the port's name in the log
     * @param headerBytes {@code web.limits.headers}
     */
    HttpPort(Vertx vertx, Logger log, String name, HttpConnections connections, Hosts hosts, long headerBytes) {
        this.vertx = vertx;
        this.connections = connections;
        this.headerBytes = (int) headerBytes;
        this.log = log;
        warnings = new ThrottledLog(log, Level.INFO, name);
        // vertx-web throws when a client does not keep to SockJS.
        vertx.getOrCreateContext().exceptionHandler(this::warn);
        router = Router.router(vertx);
        answerBadRequestsIn(router);
        router.errorHandler(
                404,
                context -> context.response()
                        .setStatusCode(404)
                        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain")
                        .end("There is nothing at this path.\n"));
        router.route().handler(HttpPort::addContentLengthToHead);
        router.route().handler(connections);
        router.route().handler(hosts);
    }

    /** Makes a router that is mounted in this port's router answer bad requests as this port does. */
    void answerBadRequestsIn(Router mounted) {
        BadRequests.answerIn(mounted, this::warn);
    }

    private void warn(Throwable failure) {
        warnings.add("a client's request could not be handled: " + failure);
        log.debug("a client's request could not be handled", failure);
    }

    /** Returns the router to add routes to; the guards run before them. */
    Router router() {
        return router;
    }

    /** Returns a new route for GET and HEAD; HEAD is answered with the same headers and no body. */
    static Route readable(Router router, String path) {
        return router.route(HttpMethod.GET, path).method(HttpMethod.HEAD);
    }

    /**
     * Adds the length of the body to answers to HEAD: Vert.x leaves it out together with the body. Remembers that the
     * request was a HEAD, because it becomes a GET when it is rerouted.
     */
    private static void addContentLengthToHead(RoutingContext context) {
        if (context.request().method() == HttpMethod.HEAD) {
            context.put(HEAD, true);
        }
        var response = context.response();
        context.addHeadersEndHandler(end -> {
            if (context.get(HEAD) != null
                    && response.getStatusCode() != NOT_MODIFIED
                    && !response.isChunked()
                    && !response.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
                response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(response.bytesWritten()));
            }
        });
        context.next();
    }

    /**
     * Starts to listen.
     *
     * @param options the options that are particular to the port
     */
    Future<HttpServer> listen(HttpServerOptions options, int port, String host) {
        // Clients use HTTP/2 only over TLS, and HttpConnections would not count its streams.
        options.setHttp2ClearTextEnabled(false).setMaxHeaderSize(headerBytes);
        var open = new OpenChannels((ContextInternal) vertx.getOrCreateContext());
        var server = vertx.createHttpServer(options)
                .connectionHandler(connection -> {
                    open.add(connection);
                    connections.opened(connection);
                })
                .invalidRequestHandler(this::answerInvalid)
                .requestHandler(router);
        BadRequests.keepOutOfLog(server);
        return server.listen(port, host);
    }

    private void answerInvalid(HttpServerRequest request) {
        if (request.decoderResult().cause() instanceof TooLongHttpHeaderException) {
            request.response()
                    .setStatusCode(431)
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain")
                    .end("The headers are longer than web.limits.headers, " + headerBytes + " bytes.\n")
                    .onComplete(sent -> request.connection().close());
        } else {
            HttpServerRequest.DEFAULT_INVALID_REQUEST_HANDLER.handle(request);
        }
    }
}
