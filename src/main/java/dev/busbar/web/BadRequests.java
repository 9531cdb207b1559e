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
 * Answers invalid requests without an error in the log. Vert.x and vertx-web would log each as an error, and whoever
 * can reach the port could fill the log.
 */
final class BadRequests {

    private static final Logger LOG = CleanLogger.of(BadRequests.class);
    private static final int NOT_IMPLEMENTED = 501;
    /** The status of a response whose request failed while its body was read. */
    private static final int STATUS_NOT_SET = 200;

    private BadRequests() {}

    /**
     * Registers the answers at a router. A router mounted in another one does not use the other's answers, so each
     * needs its own.
     *
     * @param onFailure called with failures that may not be the client's fault
     */
    static void answerIn(Router router, Consumer<Throwable> onFailure) {
        router.errorHandler(500, failed -> {
            if (!(failed.failure() instanceof IOException)) {
                onFailure.accept(failed.failure());
            }
            answer(failed, 500);
        });
        IntStream.concat(IntStream.range(400, 500), IntStream.of(STATUS_NOT_SET, NOT_IMPLEMENTED))
                .forEach(status -> router.errorHandler(
                        status, context -> answer(context, status == STATUS_NOT_SET ? 400 : status)));
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

    /** Keeps connections that are reset or do not speak HTTP out of the log. */
    static void keepOutOfLog(HttpServer server) {
        server.exceptionHandler(BadRequests::logQuietly);
    }

    /** Keeps the failures of one connection out of the log. */
    static void keepOutOfLog(HttpConnection connection) {
        connection.exceptionHandler(BadRequests::logQuietly);
    }

    private static void logQuietly(Throwable failure) {
        LOG.debug("a connection failed: {}", failure.toString());
    }
}
