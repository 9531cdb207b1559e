package dev.busbar.delivery;

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
import java.util.function.BiFunction;

/**
 * Publishes it elsewhere with everything it carries, and headers that say where it came from and why. Two properties
 * would get in the way there and travel as headers instead: the expiration, which would remove it, and the user id,
 * which the broker would compare with our own. Headers by which the broker would route it travel under other names, and
 * what cannot be written goes as {@link ReducedProperties} says.
 */
public abstract class MoveAway implements UndeliveredHandler {

    private static final int MAX_REASON = 1_000;

    private final String route;
    private final ConfirmedPublisher publisher;

    protected MoveAway(String route, ConfirmedPublisher publisher) {
        this.route = route;
        this.publisher = publisher;
    }

    protected abstract String exchange();

    protected abstract String routingKey(BridgeMessage message);

    /** Adds headers of its own. */
    protected void mark(Map<String, Object> headers, Undelivered undelivered) {}

    @Override
    public Future<Void> take(Undelivered undelivered) {
        var message = undelivered.delivery().message();
        var moved =
                new BridgeMessage(exchange(), routingKey(message), properties(undelivered, message), message.body());
        return send(moved).compose(outcome -> {
            if (outcome instanceof PublishOutcome.Confirmed) {
                return Future.succeededFuture();
            }
            if (outcome instanceof PublishOutcome.Unroutable unroutable) {
                publisher.declareAgain(unroutable.reason());
            }
            return Future.failedFuture(
                    new MoveFailedException(route, "cannot move a message to '" + where() + "': " + outcome.reason()));
        });
    }

    /**
     * A message came with all it has, and still its protocol may not take all of it back, or not with more beside it.
     */
    private Future<PublishOutcome> send(BridgeMessage moved) {
        var sent = publisher.send(moved, true);
        return isWhole()
                ? sent
                : sent.compose(outcome -> again(outcome, moved, ReducedProperties::asText))
                        .compose(outcome -> again(outcome, moved, ReducedProperties::leftOut));
    }

    /** Whether a message is better kept here than moved without some of its headers. */
    protected boolean isWhole() {
        return false;
    }

    private Future<PublishOutcome> again(
            PublishOutcome outcome,
            BridgeMessage moved,
            BiFunction<MessageProperties, String, MessageProperties> less) {
        return outcome instanceof PublishOutcome.Refused refused && refused.unwritable()
                ? publisher.send(
                        new BridgeMessage(
                                moved.exchange(),
                                moved.routingKey(),
                                less.apply(moved.properties(), shortened(refused.reason())),
                                moved.body()),
                        true)
                : Future.succeededFuture(outcome);
    }

    private String where() {
        return exchange().isEmpty() ? routingKey(null) : exchange();
    }

    private MessageProperties properties(Undelivered undelivered, BridgeMessage message) {
        var original = message.properties();
        var headers = new LinkedHashMap<>(RoutingHeaders.setAside(original.headers()));
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
        return original.toBuilder()
                .expiration(null)
                .userId(null)
                .persistent(true)
                .headers(headers)
                .build();
    }

    /** Without halves of characters, over which a broker would take it for no text at all. */
    private static String shortened(String reason) {
        var shortened = reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON) + "…";
        return new String(shortened.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
