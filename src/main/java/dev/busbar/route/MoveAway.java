package dev.busbar.route;

import dev.busbar.broker.PublishOutcome;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import dev.busbar.codec.RoutingHeaders;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
     * Whether a message that cannot be written as it is, because its headers leave no room for the others, or it has
     * something that comes in and does not go out, goes without that: else it would hold its place for ever.
     */
    boolean mayLeaveOut() {
        return true;
    }

    @Override
    public Future<Void> take(Undelivered undelivered) {
        var message = undelivered.delivery().message();
        var whole = message.properties();
        return send(undelivered, message, whole.withHeaders(RoutingHeaders.setAside(whole.headers())))
                .compose(outcome ->
                        outcome instanceof PublishOutcome.Refused refused && refused.unwritable() && mayLeaveOut()
                                ? send(undelivered, message, bare(whole))
                                : Future.succeededFuture(outcome))
                .compose(this::moved);
    }

    private Future<PublishOutcome> send(Undelivered undelivered, BridgeMessage message, MessageProperties original) {
        var properties = properties(undelivered, message, original);
        return departure.send(new BridgeMessage(exchange(), routingKey(message), properties, message.body()), true);
    }

    /** Without headers of its own, and without what not every broker takes; says so. */
    private static MessageProperties bare(MessageProperties whole) {
        var leftOut = new ArrayList<>(whole.headers().keySet());
        if (whole.replyTo() != null) {
            leftOut.add("reply-to");
        }
        return new MessageProperties(
                whole.messageId(),
                whole.correlationId(),
                null,
                ascii(whole.contentType(), "content-type", leftOut),
                ascii(whole.contentEncoding(), "content-encoding", leftOut),
                whole.timestamp(),
                whole.priority(),
                whole.expiration(),
                whole.type(),
                whole.userId(),
                whole.appId(),
                whole.persistent(),
                Map.of(MovedHeaders.LEFT_OUT, shortened(String.join(", ", leftOut))));
    }

    private static String ascii(String text, String name, List<String> leftOut) {
        if (text == null || StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
            return text;
        }
        leftOut.add(name);
        return null;
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

    private MessageProperties properties(Undelivered undelivered, BridgeMessage message, MessageProperties original) {
        var headers = new LinkedHashMap<>(original.headers());
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
