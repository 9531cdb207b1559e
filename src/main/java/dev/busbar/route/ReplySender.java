package dev.busbar.route;

import dev.busbar.broker.PublishOutcome;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.BusHeaders;
import dev.busbar.codec.MessageIds;
import dev.busbar.codec.PayloadCodec;
import dev.busbar.delivery.ConfirmedPublisher;
import dev.busbar.delivery.TooLargeException;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;

/**
 * Sends a handler's reply to whoever sent the request over the broker, through the default exchange to the queue that
 * the request names.
 */
final class ReplySender {

    private static final String DIRECT_REPLY_TO = "amq.rabbitmq.reply-to.";

    private final PayloadCodec codec;
    private final long maxBytes;
    private final MessageIds ids;
    private final ConfirmedPublisher publisher;

    /** @param maxBytes the size of the largest body that is sent */
    ReplySender(PayloadCodec codec, long maxBytes, MessageIds ids, ConfirmedPublisher publisher) {
        this.maxBytes = maxBytes;
        this.codec = codec;
        this.ids = ids;
        this.publisher = publisher;
    }

    static boolean expectsReply(BridgeMessage request) {
        return request.properties().replyTo() != null;
    }

    /**
     * Returns whether the reply goes to RabbitMQ's direct reply-to. That is no queue, so the broker returns a mandatory
     * message as unroutable although it passes it on; not mandatory, nobody is told when the requester has gone.
     */
    private static boolean isDirect(String replyTo) {
        return replyTo.startsWith(DIRECT_REPLY_TO);
    }

    /** Sends a reply. Fails when it cannot be written, is larger than {@code maxBytes}, or its queue is gone. */
    Future<Void> reply(BridgeMessage request, Message<Object> reply) {
        BridgeMessage message;
        try {
            var encoded = codec.encode(reply.body(), reply.headers());
            if (encoded.body().length() > maxBytes) {
                throw new TooLargeException(encoded.body().length(), maxBytes);
            }
            var headers = reply.headers();
            var correlation = request.properties().correlationId();
            var given = headers.get(BusHeaders.CORRELATION_ID);
            if (correlation != null && (given == null || given.isEmpty())) {
                headers.set(BusHeaders.CORRELATION_ID, correlation);
            }
            message = new BridgeMessage(
                    "",
                    request.properties().replyTo(),
                    BusHeaders.fromBus(headers, encoded.contentType(), ids.next(), false),
                    encoded.body());
        } catch (IllegalArgumentException e) {
            return Future.failedFuture(e);
        }
        return publisher
                .send(message, !isDirect(message.routingKey()))
                .compose(outcome -> outcome instanceof PublishOutcome.Confirmed
                        ? Future.succeededFuture()
                        : Future.failedFuture(outcome.toString()));
    }
}
