package dev.busbar.web;

import dev.busbar.log.CleanLogger;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.slf4j.Logger;

/**
 * Answers what is no proper request, and leaves it out of the log, which vertx-web and Vert.x would write an error
 * into: whoever can reach a port can repeat it.
 */
final class BadRequests {

    private static final Logger LOG = CleanLogger.of(BadRequests.class);
    private static final int NOT_IMPLEMENTED = 501;
    /** The status of what fails while its body is read. */
    private static final int UNSET = 200;

    private BadRequests() {}

    /**
     * Has a router answer for itself whatever it refuses; a router that is mounted in another asks nobody else.
     *
     * @param complaint told what is not the sender's fault for certain
     */
    static void answeredBy(Router router, Consumer<Throwable> complaint) {
        router.errorHandler(500, failed -> {
            if (!(failed.failure() instanceof IOException)) {
                complaint.accept(failed.failure());
            }
            answer(failed, 500);
        });
        IntStream.concat(IntStream.range(400, 500), IntStream.of(UNSET, NOT_IMPLEMENTED))
                .forEach(status ->
                        router.errorHandler(status, context -> answer(context, status == UNSET ? 400 : status)));
    }

    private static void answer(RoutingContext context, int status) {
        if (context.failure() != null) {
            LOG.debug("{}: {}", status, context.failure().toString());
        }
        var response = context.response();
        if (!response.ended() && !response.closed()) {
            response.setStatusCode(status)
                    .putHeader("Content-Type", "text/plain")
                    .end(HttpResponseStatus.valueOf(status).reasonPhrase() + "\n");
        }
    }

    /** Connections that are reset, or speak something else. */
    static void unlogged(HttpServer server) {
        server.exceptionHandler(BadRequests::broken);
    }

    static void unlogged(HttpConnection connection) {
        connection.exceptionHandler(BadRequests::broken);
    }

    private static void broken(Throwable failure) {
        LOG.debug("a connection is broken: {}", failure.toString());
    }
}
