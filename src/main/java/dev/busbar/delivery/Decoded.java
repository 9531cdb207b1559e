package dev.busbar.delivery;

import dev.busbar.broker.Delivery;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.PayloadCodec;
import dev.busbar.codec.UnreadablePayloadException;
import dev.busbar.config.BodyMode;

/**
 * The decoded body of a delivery, or the reason why no handler can get it.
 *
 * @param problem in words for a person; {@code null} if there is none
 */
public record Decoded(Object body, String problem) {

    /**
     * Decodes the body; never throws.
     *
     * @param maxBytes the size of the largest body that is decoded
     */
    public static Decoded of(Delivery delivery, PayloadCodec codec, long maxBytes) {
        return of(delivery, delivery.message(), null, codec, maxBytes);
    }

    /**
     * Decodes the body as a route tells; never throws.
     *
     * @param message that of the delivery, as it is to be read
     * @param mode {@code null} if the message tells how its body is read
     */
    public static Decoded of(
            Delivery delivery, BridgeMessage message, BodyMode mode, PayloadCodec codec, long maxBytes) {
        if (delivery.incomplete() != null) {
            return new Decoded(null, "unreadable: " + delivery.incomplete());
        }
        if (message.body().length() > maxBytes) {
            return new Decoded(null, new TooLargeException(message.body().length(), maxBytes).getMessage());
        }
        try {
            return new Decoded(codec.decode(message, mode), null);
        } catch (UnreadablePayloadException e) {
            return new Decoded(null, "unreadable: " + e.reason());
        } catch (RuntimeException e) {
            // An unknown fault, perhaps not the message's; but the message must not hold up those behind it.
            return new Decoded(null, "unreadable: " + e);
        }
    }
}
