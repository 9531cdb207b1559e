package dev.busbar.route;

import dev.busbar.broker.PublishOutcome;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import dev.busbar.codec.RoutingHeaders;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Publishes it elsewhere with everything it carries, and headers that say where it came from and why. Two properties
 * would get in the way there and travel as headers instead: the expiration, which would remove it, and the user id,
 * which the broker would compare with our own. Headers by which the broker would route it travel under other names.
 */
abstract class MoveAway implements LastResort {

    private static final int MAX_REASON = 1_000;

    private final String route;
    private final Departure departure;

    MoveAway(String route, Departure departure) {
        this.route = route;
        this.departure = departure;
    }

    abstract String exchange();

    abstract String routingKey(BridgeMessage message);

    /** Adds headers of its own. */
    void mark(Map<String, Object> headers, Undelivered undelivered) {}

    /**
     * Whether a message that cannot be written with its own headers, because these leave no room for the others or are
     * of a kind that comes in and does not go out, goes without them: else it would hold its place for ever.
     */
    boolean leavesHeadersOut() {
        return true;
    }

    @Override
    public Future<Void> take(Undelivered undelivered) {
        var message = undelivered.delivery().message();
        var own = message.properties().headers();
        return send(undelivered, message, RoutingHeaders.setAside(own))
                .compose(outcome -> outcome instanceof PublishOutcome.Refused refused
                                && refused.unwritable()
                                && leavesHeadersOut()
                                && !own.isEmpty()
                        ? send(
                                undelivered,
                                message,
                                Map.of(MovedHeaders.LEFT_OUT, shortened(String.join(", ", own.keySet()))))
                        : Future.succeededFuture(outcome))
                .compose(this::moved);
    }

    private Future<PublishOutcome> send(Undelivered undelivered, BridgeMessage message, Map<String, Object> own) {
        var properties = properties(undelivered, message, own);
        return departure.send(new BridgeMessage(exchange(), routingKey(message), properties, message.body()), true);
    }

    private Future<Void> moved(PublishOutcome outcome) {
        if (outcome instanceof PublishOutcome.Confirmed) {
            return Future.succeededFuture();
        }
        if (outcome instanceof PublishOutcome.Unroutable unroutable) {
            departure.declareAgain(unroutable.reason());
        }
        return Future.failedFuture(
                new RouteException(route, "cannot move a message to '" + where() + "': " + outcome.reason()));
    }

    private String where() {
        return exchange().isEmpty() ? routingKey(null) : exchange();
    }

    private MessageProperties properties(Undelivered undelivered, BridgeMessage message, Map<String, Object> own) {
        var original = message.properties();
        var headers = new LinkedHashMap<>(own);
        headers.put(MovedHeaders.REASON, shortened(undelivered.reason()));
        headers.put(MovedHeaders.ROUTE, route);
        headers.put(MovedHeaders.ATTEMPTS, undelivered.attempts());
        headers.put(MovedHeaders.EXCHANGE, message.exchange());
        headers.put(MovedHeaders.ROUTING_KEY, message.routingKey());
        headers.put(
                MovedHeaders.AT, Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        mark(headers, undelivered);
        if (original.expiration() != null) {
            headers.put(MovedHeaders.EXPIRATION, original.expiration());
        }
        if (original.userId() != null) {
            headers.put(MovedHeaders.USER_ID, original.userId());
        }
        return new MessageProperties(
                original.messageId(),
                original.correlationId(),
                original.replyTo(),
                original.contentType(),
                original.contentEncoding(),
                original.timestamp(),
                original.priority(),
                null,
                original.type(),
                null,
                original.appId(),
                true,
                headers);
    }

    /** Without halves of characters, over which a broker would take it for no text at all. */
    private static String shortened(String reason) {
        var shortened = reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON) + "…";
        return new String(shortened.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
