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
 * Sends requests to the handlers of one chosen node. The event bus would choose the node itself, in turn, and also one
 * that does not answer. So the request goes to the bridge of the chosen node, which passes it on to a local handler.
 * Thread-safe.
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

    /** Starts to pass requests of other nodes on to handlers of this node. */
    MessageConsumer<?> relayRequests() {
        return vertx.eventBus().consumer(ADDRESS + id, this::relay);
    }

    private void relay(Message<Object> request) {
        var headers = MultiMap.caseInsensitiveMultiMap().addAll(request.headers());
        var address = headers.get(TO);
        var timeout = Long.parseLong(headers.get(TIMEOUT));
        headers.remove(TO).remove(TIMEOUT);
        var options =
                new DeliveryOptions().setHeaders(headers).setLocalOnly(true).setSendTimeout(timeout);
        vertx.eventBus()
                .request(address, request.body(), options)
                .onSuccess(reply -> relayReply(request, reply))
                .onFailure(failure -> request.reply(portable(failure)));
    }

    private static void relayReply(Message<Object> request, Message<Object> reply) {
        try {
            request.reply(reply.body(), new DeliveryOptions().setHeaders(reply.headers()));
        } catch (RuntimeException e) {
            // The handler has replied with a codec of its own; without it the event bus cannot encode the body.
            request.reply(portable(e));
        }
    }

    /** Returns a failure of Vert.x's own class, which every node can decode. */
    private static ReplyException portable(Throwable failure) {
        return failure instanceof ReplyException reply
                ? new ReplyException(reply.failureType(), reply.failureCode(), reply.getMessage())
                : new ReplyException(ReplyFailure.ERROR, failure.toString());
    }

    /**
     * Sends a request to a handler of one node.
     *
     * @param node the id of the node in the cluster manager
     * @param options headers, which must not be {@code null}, and the time-out are used
     * @return the reply; fails as a request on the event bus does, and with {@code NO_HANDLERS} if the node runs no
     *     bridge
     */
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
