package dev.busbar.route;

import dev.busbar.broker.Delivery;
import dev.busbar.cluster.Scoped;
import dev.busbar.codec.BusHeaders;
import dev.busbar.config.DeliveryMode;
import dev.busbar.config.InboundRoute;
import dev.busbar.text.CleanLogger;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;

/** Decodes a delivery and gives it to the event bus, in the way the route says. */
final class Dispatcher {

    private static final Logger LOG = CleanLogger.of(Inbound.class);

    private final InboundRoute config;
    private final RouteContext shared;
    private final boolean localOnly;
    /** {@code null} where bodies have to be copied. */
    private final Handover handover;

    Dispatcher(InboundRoute config, RouteContext shared) {
        this.config = config;
        this.localOnly = Scoped.of(config, shared.node()).localOnly();
        this.shared = shared;
        this.handover = config.delivery() == DeliveryMode.PUBLISH ? null : Handover.on(shared.vertx(), localOnly);
    }

    /** The delivery cannot be given to anybody, now or later. Carries no stack trace. */
    static final class UndeliverableException extends RuntimeException {

        private static final long serialVersionUID = 1;

        UndeliverableException(String reason) {
            super(reason, null, false, false);
        }
    }

    /** A delivery as the event bus takes it, or why it cannot be given to anybody. */
    record Prepared(Object body, DeliveryOptions options, UndeliverableException problem) {}

    /** @param attempt which try this is, from 1 */
    Prepared prepare(Delivery delivery, int attempt) {
        try {
            var decoded = Decoded.of(delivery, shared.codec(), shared.maxMessageBytes());
            if (decoded.problem() != null) {
                return new Prepared(null, null, new UndeliverableException(decoded.problem()));
            }
            var body = decoded.body();
            var options = new DeliveryOptions()
                    .setHeaders(BusHeaders.toBus(delivery.message(), delivery.redelivered(), attempt))
                    .setLocalOnly(localOnly)
                    .setSendTimeout(config.timeout().toMillis());
            if (handover != null && body instanceof JsonObject) {
                options.setCodecName(handover.name());
            }
            return new Prepared(body, options, null);
        } catch (RuntimeException e) {
            return new Prepared(null, null, unfit(e));
        }
    }

    private UndeliverableException unfit(RuntimeException e) {
        LOG.error("route '{}': a delivery cannot be given to the event bus", config.name(), e);
        return new UndeliverableException("not fit for the event bus: " + e);
    }

    /**
     * @return with {@code request} the handler's reply, or why there is none; else {@code null}, at once. Fails with an
     *     {@link UndeliverableException} when the delivery could not be prepared or the event bus does not take it;
     *     never throws, for others may have arrived with it
     */
    Future<Message<Object>> dispatch(Prepared prepared) {
        if (prepared.problem() != null) {
            return Future.failedFuture(prepared.problem());
        }
        try {
            return give(prepared.body(), prepared.options());
        } catch (RuntimeException e) {
            return Future.failedFuture(unfit(e));
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
