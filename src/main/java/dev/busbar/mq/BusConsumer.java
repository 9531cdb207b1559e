package dev.busbar.mq;

import dev.busbar.cluster.Membership;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.BusHeaders;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Hands each message to the handler at an event bus address, as a request, one after the other. Where a bridge runs
 * too, the handler does not get a request whose time-out is over. The consumer ends when nobody listens at the address.
 */
final class BusConsumer implements MessageHandler {

    private final Vertx vertx;
    private final String address;
    private final String exchange;
    private final Duration timeout;
    private final Supplier<Future<Void>> deserted;

    /** @param deserted called when nobody listens at the address; completes when the consumer begins nothing more */
    BusConsumer(Vertx vertx, String address, String exchange, Duration timeout, Supplier<Future<Void>> deserted) {
        this.vertx = vertx;
        this.address = address;
        this.exchange = exchange;
        this.timeout = timeout;
        this.deserted = deserted;
    }

    @Override
    public Future<?> handle(Event event) {
        var message = new BridgeMessage(exchange, event.routingKey(), event.properties(), Buffer.buffer());
        var headers = BusHeaders.toBus(message, event.redelivered(), 1).remove(BusHeaders.ATTEMPT);
        var options = new DeliveryOptions().setHeaders(headers).setSendTimeout(timeout.toMillis());
        var membership = Membership.of(vertx);
        if (membership != null) {
            membership.lateRequests().stamp(options);
        }
        return vertx.eventBus()
                .request(address, event.body(), options)
                .recover(failure ->
                        failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS
                                ? deserted.get().compose(ended -> Future.failedFuture(failure))
                                : Future.failedFuture(failure));
    }
}
