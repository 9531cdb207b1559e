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
 * Publishes a delivery elsewhere with all its properties, and with headers that say where it came from and why. Two
 * properties would do harm there and become headers: the expiration, which would remove the message, and the user id,
 * which the broker would compare with our own. Headers by which the broker would route the message get other names, and
 * what the protocol does not let us write is reduced as {@link ReducedProperties} says.
 */
public abstract class MoveAway implements UndeliveredHandler {

    private static final int MAX_REASON_CHARACTERS = 1_000;

    private final String route;
    private final ConfirmedPublisher publisher;
    private final MoveGate gate = new MoveGate();

    protected MoveAway(String route, ConfirmedPublisher publisher) {
        this.route = route;
        this.publisher = publisher;
    }

    protected abstract String exchange();

    protected abstract String routingKey(BridgeMessage message);

    /** Adds the headers that one kind of move has besides those of all. */
    protected void mark(Map<String, Object> headers, Undelivered undelivered) {}

    @Override
    public Future<Void> take(Undelivered undelivered) {
        var message = undelivered.delivery().message();
        var moved =
                new BridgeMessage(exchange(), routingKey(message), properties(undelivered, message), message.body());
        var sent = isDeclared() ? send(moved) : gate.pass(() -> send(moved));
        return sent.compose(outcome -> {
            if (outcome instanceof PublishOutcome.Confirmed) {
                return Future.succeededFuture();
            }
            if (outcome instanceof PublishOutcome.Unroutable unroutable && isDeclared()) {
                publisher.declareAgain(unroutable.reason());
            }
            return Future.failedFuture(
                    new MoveFailedException(route, "cannot move a message to '" + where() + "': " + outcome.reason()));
        });
    }

    /**
     * Sends the message whole, and if it cannot be written, reduced: a protocol may refuse headers that it has
     * delivered, or refuse them together with those of the move.
     */
    private Future<PublishOutcome> send(BridgeMessage moved) {
        var sent = publisher.send(moved, true);
        return isWhole()
                ? sent
                : sent.compose(outcome -> again(outcome, moved, ReducedProperties::asText))
                        .compose(outcome -> again(outcome, moved, ReducedProperties::leftOut));
    }

    /** Returns whether a message must keep all its headers, so that it rather stays in its queue than is reduced. */
    protected boolean isWhole() {
        return false;
    }

    /** Returns whether the publisher declares where messages are moved to, and so may have to do it again. */
    protected boolean isDeclared() {
        return true;
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

    /** Shortens the reason without halves of characters, because a broker would not take those for text. */
    private static String shortened(String reason) {
        var shortened =
                reason.length() <= MAX_REASON_CHARACTERS ? reason : reason.substring(0, MAX_REASON_CHARACTERS) + "…";
        return new String(shortened.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
