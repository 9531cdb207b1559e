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
 * An HTTP port of Busbar's, on one event loop. Every such port has the same guards: bounds for connections, for the
 * time a request takes and for the length of its headers; known hosts only; no HTTP/2; and whoever sends what cannot be
 * dealt with does not fill the log.
 */
final class HttpPort {

    private static final int NOT_MODIFIED = 304;

    /** The key of a context whose request was a HEAD when it came. */
    private static final String HEAD = HttpPort.class.getName() + ".head";

    private final Vertx vertx;
    private final Logger log;
    private final ThrottledLog complaints;
    private final HttpConnections connections;
    private final int headerBytes;
    private final Router router;

    /**
     * To be made on the event loop.
     *
     * @param name for the log
     * @param headerBytes {@code web.limits.headers}
     */
    HttpPort(Vertx vertx, Logger log, String name, HttpConnections connections, Hosts hosts, long headerBytes) {
        this.vertx = vertx;
        this.connections = connections;
        this.headerBytes = (int) headerBytes;
        this.log = log;
        complaints = new ThrottledLog(log, Level.INFO, name);
        // What is no SockJS makes vertx-web throw.
        vertx.getOrCreateContext().exceptionHandler(this::complain);
        router = Router.router(vertx);
        refuses(router);
        router.errorHandler(
                404,
                context -> context.response()
                        .setStatusCode(404)
                        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain")
                        .end("There is nothing at this path.\n"));
        router.route().handler(HttpPort::lengthWithoutBody);
        router.route().handler(connections);
        router.route().handler(hosts);
    }

    /** Has a router that is mounted in this port's refuse as this port does. */
    void refuses(Router any) {
        BadRequests.answeredBy(any, this::complain);
    }

    private void complain(Throwable failure) {
        complaints.add("something from a client could not be dealt with: " + failure);
        log.debug("not dealt with", failure);
    }

    /** With the guards in front of everything that is added. */
    Router router() {
        return router;
    }

    /** For what can be read: GET, and HEAD, which is answered with the same headers and no body. */
    static Route readable(Router router, String path) {
        return router.route(HttpMethod.GET, path).method(HttpMethod.HEAD);
    }

    /** Vert.x leaves out the body of an answer to HEAD, and with it its length. Remembers HEAD when it is rerouted. */
    private static void lengthWithoutBody(RoutingContext context) {
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

    /** @param options what is particular to the port */
    Future<HttpServer> listen(HttpServerOptions options, int port, String host) {
        // HTTP/2 is not for clients without TLS, and its streams would not be counted as connections are.
        options.setHttp2ClearTextEnabled(false).setMaxHeaderSize(headerBytes);
        var open = new OpenChannels((ContextInternal) vertx.getOrCreateContext());
        var server = vertx.createHttpServer(options)
                .connectionHandler(connection -> {
                    open.add(connection);
                    connections.opened(connection);
                })
                .invalidRequestHandler(this::invalid)
                .requestHandler(router);
        BadRequests.unlogged(server);
        return server.listen(port, host);
    }

    private void invalid(HttpServerRequest request) {
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
