package dev.busbar.cluster;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;

/**
 * Requests for the handlers of one chosen node. The event bus chooses a node for each request by itself, in turn, also
 * one that does not answer; so the bridge of the chosen node is asked to pass the request on there. Thread-safe.
 */
public final class HandlerRelay {

    static final String ADDRESS = "dev.busbar.handlers.";
    private static final String TO = "busbar-relay-to";
    private static final String TIMEOUT = "busbar-relay-timeout";

    private final Vertx vertx;
    private final String id;

    HandlerRelay(Vertx vertx, String id) {
        this.vertx = vertx;
        this.id = id;
    }

    /** Passes on what others send. */
    MessageConsumer<?> passing() {
        return vertx.eventBus().consumer(ADDRESS + id, this::pass);
    }

    private void pass(Message<Object> request) {
        var headers = MultiMap.caseInsensitiveMultiMap().addAll(request.headers());
        var address = headers.get(TO);
        var timeout = Long.parseLong(headers.get(TIMEOUT));
        headers.remove(TO).remove(TIMEOUT);
        var options =
                new DeliveryOptions().setHeaders(headers).setLocalOnly(true).setSendTimeout(timeout);
        vertx.eventBus()
                .request(address, request.body(), options)
                .onSuccess(reply -> passBack(request, reply))
                .onFailure(failure -> request.reply(plain(failure)));
    }

    private static void passBack(Message<Object> request, Message<Object> reply) {
        try {
            request.reply(reply.body(), new DeliveryOptions().setHeaders(reply.headers()));
        } catch (RuntimeException e) {
            // The handler has named a codec of its own, and the event bus has none for the class.
            request.reply(plain(e));
        }
    }

    /** One that any node can read. */
    private static ReplyException plain(Throwable failure) {
        return failure instanceof ReplyException reply
                ? new ReplyException(reply.failureType(), reply.failureCode(), reply.getMessage())
                : new ReplyException(ReplyFailure.ERROR, failure.toString());
    }

    /** @return the reply; fails as a request does, with {@code NO_HANDLERS} also if no bridge runs there */
    public Future<Message<Object>> request(String node, String address, Object body, DeliveryOptions options) {
        var headers = MultiMap.caseInsensitiveMultiMap()
                .addAll(options.getHeaders())
                .set(TO, address)
                .set(TIMEOUT, Long.toString(options.getSendTimeout()));
        return vertx.eventBus()
                .request(
                        ADDRESS + node,
                        body,
                        new DeliveryOptions().setHeaders(headers).setSendTimeout(options.getSendTimeout()));
    }
}
