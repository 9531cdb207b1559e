package dev.busbar.route;

import dev.busbar.broker.Delivery;
import dev.busbar.codec.BusHeaders;
import dev.busbar.codec.UnreadablePayloadException;
import dev.busbar.config.InboundRoute;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decodes a delivery and gives it to the event bus, in the way the route says. */
final class Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(Inbound.class);

    private final InboundRoute config;
    private final RouteContext shared;

    Dispatcher(InboundRoute config, RouteContext shared) {
        this.config = config;
        this.shared = shared;
    }

    /** The delivery cannot be given to anybody, now or later. Carries no stack trace. */
    static final class UndeliverableException extends RuntimeException {

        private static final long serialVersionUID = 1;

        UndeliverableException(String reason) {
            super(reason, null, false, false);
        }
    }

    /**
     * @param attempt which try this is, from 1
     * @return with {@code request} the handler's reply, or why there is none; else {@code null}, at once. Fails with an
     *     {@link UndeliverableException} when the delivery cannot be read
     */
    Future<Message<Object>> dispatch(Delivery delivery, int attempt) {
        if (delivery.incomplete() != null) {
            return Future.failedFuture(new UndeliverableException("unreadable: " + delivery.incomplete()));
        }
        try {
            shared.requireSize(delivery.message().body().length());
            var body = shared.codec().decode(delivery.message());
            var options = new DeliveryOptions()
                    .setHeaders(BusHeaders.toBus(delivery.message(), delivery.redelivered(), attempt))
                    .setSendTimeout(config.timeout().toMillis());
            return give(body, options);
        } catch (UnreadablePayloadException e) {
            return Future.failedFuture(new UndeliverableException("unreadable: " + e.reason()));
        } catch (TooLargeException e) {
            return Future.failedFuture(new UndeliverableException(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("route '{}': a delivery cannot be given to the event bus", config.name(), e);
            return Future.failedFuture(new UndeliverableException("not fit for the event bus: " + e));
        }
    }

    private Future<Message<Object>> give(Object body, DeliveryOptions options) {
        var bus = shared.vertx().eventBus();
        switch (config.delivery()) {
            case PUBLISH -> bus.publish(config.address(), body, options);
            case SEND -> bus.send(config.address(), body, options);
            case REQUEST -> {
                return bus.request(config.address(), body, options);
            }
        }
        return Future.succeededFuture();
    }
}
