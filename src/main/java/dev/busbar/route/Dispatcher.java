package dev.busbar.route;

import dev.busbar.broker.Delivery;
import dev.busbar.cluster.LateRequests;
import dev.busbar.cluster.Scoped;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.BusHeaders;
import dev.busbar.codec.PayloadCodec;
import dev.busbar.config.DeliveryMode;
import dev.busbar.config.HandlerPreference;
import dev.busbar.config.InboundRoute;
import dev.busbar.delivery.Decoded;
import dev.busbar.log.CleanLogger;
import dev.busbar.log.ThrottledLog;
import dev.busbar.text.UserFacingFailure;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/** Decodes deliveries and sends them over the event bus, by {@code publish}, {@code send} or {@code request}. */
final class Dispatcher {

    private static final Logger LOG = CleanLogger.of(Dispatcher.class);

    private final InboundRoute config;
    private final RouteContext shared;
    private final boolean localOnly;
    private final boolean localFirst;
    private final LateRequests lateRequests;
    /** {@code null} where no other node may have a handler. */
    private final Handlers handlers;
    /** {@code null} where bodies have to be copied. */
    private final Handover handover;

    /** Whether conditions look into the body, which then has to be read. */
    private final boolean pointing;

    private final HeaderMapping mapping;
    private final ThrottledLog unfit;

    Dispatcher(InboundRoute config, RouteContext shared) {
        this.config = config;
        this.localOnly = Scoped.of(config, shared.node()).localOnly();
        this.shared = shared;
        this.localFirst = shared.node().isClustered()
                && !localOnly
                && config.delivery() != DeliveryMode.PUBLISH
                && config.handlers() == HandlerPreference.LOCAL_FIRST;
        this.lateRequests = shared.membership().lateRequests();
        this.handlers =
                shared.node().isClustered() && !localOnly ? new Handlers(shared, config.address(), localFirst) : null;
        this.handover =
                config.delivery() == DeliveryMode.PUBLISH ? null : Handover.on(shared.vertx(), localOnly || localFirst);
        this.pointing =
                config.body() == null && config.where().stream().anyMatch(condition -> condition.pointer() != null);
        this.mapping = new HeaderMapping(config);
        this.unfit = new ThrottledLog(LOG, Level.ERROR, "route '" + config.name() + "'");
    }

    /** Tells that no handler can ever get the delivery. Carries no stack trace. */
    static final class UndeliverableException extends RuntimeException implements UserFacingFailure {

        private static final long serialVersionUID = 1;

        UndeliverableException(String reason) {
            super(reason, null, false, false);
        }
    }

    /**
     * A delivery as the event bus takes it, or the reason why no handler can get it.
     *
     * @param filtered whether the message does not meet the conditions of the route
     * @param local the options for handlers of this node, if only they are asked, or they first; else {@code null}
     */
    record Prepared(
            Object body,
            DeliveryOptions options,
            DeliveryOptions local,
            UndeliverableException problem,
            boolean filtered) {

        static Prepared problem(UndeliverableException problem) {
            return new Prepared(null, null, null, problem, false);
        }
    }

    /**
     * Decodes a delivery.
     *
     * @param attempt which attempt this is, from 1
     */
    Prepared prepare(Delivery delivery, int attempt) {
        try {
            var message = asRead(delivery.message());
            var decoded = Decoded.of(delivery, message, config.body(), shared.codec(), shared.maxMessageBytes());
            if (decoded.problem() != null) {
                return Prepared.problem(new UndeliverableException(decoded.problem()));
            }
            if (pointing && PayloadCodec.isUnopenedJson(message)) {
                return Prepared.problem(new UndeliverableException("unreadable: the body cannot be read as JSON: its"
                        + " content encoding, charset or compression is not known"));
            }
            var body = decoded.body();
            var headers = BusHeaders.toBus(message, delivery.redelivered(), attempt, config.body());
            if (!config.where().isEmpty() && !Conditions.areMet(config.where(), headers, body)) {
                return new Prepared(null, null, null, null, true);
            }
            if (!mapping.isEmpty()) {
                var mapped = mapping.apply(message, headers, body);
                headers = BusHeaders.toBus(mapped, delivery.redelivered(), attempt, config.body());
            }
            var options = new DeliveryOptions()
                    .setHeaders(headers)
                    .setSendTimeout(config.timeout().toMillis());
            return new Prepared(
                    body, options, handlers == null || localFirst ? local(body, options) : null, null, false);
        } catch (RuntimeException e) {
            return Prepared.problem(unfit(e));
        }
    }

    /** Returns the message with the content type that the route names, if any. */
    private BridgeMessage asRead(BridgeMessage message) {
        if (config.contentType() == null) {
            return message;
        }
        var properties = message.properties().toBuilder()
                .contentType(config.contentType())
                .build();
        return new BridgeMessage(message.exchange(), message.routingKey(), properties, message.body());
    }

    private DeliveryOptions local(Object body, DeliveryOptions options) {
        var local = (handlers == null ? options : new DeliveryOptions(options)).setLocalOnly(localOnly || localFirst);
        return handover != null && body instanceof JsonObject ? local.setCodecName(handover.name()) : local;
    }

    private UndeliverableException unfit(RuntimeException e) {
        unfit.add("a delivery cannot be given to the event bus", e);
        return new UndeliverableException("not fit for the event bus: " + e);
    }

    /**
     * Sends a delivery. Never throws, because others may have arrived with it.
     *
     * @return with {@code request} the handler's reply, or why there is none; else {@code null}, at once. Fails with an
     *     {@link UndeliverableException} when the delivery could not be prepared or the event bus does not take it
     */
    Future<Message<Object>> dispatch(Prepared prepared) {
        if (prepared.problem() != null) {
            return Future.failedFuture(prepared.problem());
        }
        try {
            return give(prepared);
        } catch (RuntimeException e) {
            return Future.failedFuture(unfit(e));
        }
    }

    private Future<Message<Object>> give(Prepared prepared) {
        var bus = shared.vertx().eventBus();
        var options = prepared.local() == null || localFirst ? prepared.options() : prepared.local();
        switch (config.delivery()) {
            case PUBLISH -> bus.publish(config.address(), prepared.body(), options);
            case SEND -> send(prepared, options);
            case REQUEST -> {
                lateRequests.stamp(prepared.options());
                return request(prepared);
            }
        }
        return Future.succeededFuture();
    }

    /** Returns whether a delivery dispatched now might reach its handler before earlier ones reach theirs. */
    boolean wouldOvertake() {
        return handlers != null && handlers.wouldOvertake();
    }

    private void send(Prepared prepared, DeliveryOptions options) {
        var bus = shared.vertx().eventBus();
        if (localFirst) {
            bus.sender(config.address(), prepared.local())
                    .write(prepared.body())
                    .onFailure(none -> bus.send(config.address(), prepared.body(), options));
        } else {
            bus.send(config.address(), prepared.body(), options);
        }
    }

    private Future<Message<Object>> request(Prepared prepared) {
        if (prepared.local() == null) {
            return handlers.request(prepared.body(), prepared.options());
        }
        var here = shared.vertx().eventBus().request(config.address(), prepared.body(), prepared.local());
        return handlers == null
                ? here
                : here.recover(failure -> RequestFailures.isWithoutHandler(failure)
                        ? handlers.request(prepared.body(), prepared.options())
                        : Future.failedFuture(failure));
    }
}
