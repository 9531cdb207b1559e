package dev.busbar.testing.broker;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.Settlement;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import io.vertx.core.buffer.Buffer;

/**
 * Stands for a delivery without a broker. It can be settled until it has been, or until the test says that it is lost.
 */
public final class SampleDelivery implements Delivery {

    private final BridgeMessage message;
    private final boolean redelivered;
    private Settlement settlement;
    private boolean lost;

    private SampleDelivery(BridgeMessage message, boolean redelivered) {
        this.message = message;
        this.redelivered = redelivered;
    }

    public static SampleDelivery of(BridgeMessage message) {
        return new SampleDelivery(message, false);
    }

    /**
     * Returns a delivery of a JSON message from exchange {@code x}, by key {@code k}.
     *
     * @param id the message id; {@code null} for none
     */
    public static SampleDelivery of(String id, String body) {
        var properties = MessageProperties.builder()
                .contentType("application/json")
                .messageId(id)
                .build();
        return of(properties, body);
    }

    public static SampleDelivery of(MessageProperties properties, String body) {
        return of(new BridgeMessage("x", "k", properties, Buffer.buffer(body)));
    }

    /** Returns a delivery of a stream's message without a body. */
    public static SampleDelivery ofStream(long offset) {
        return of(MessageProperties.builder().header("x-stream-offset", offset).build(), "");
    }

    /** Returns a redelivery of the same message. */
    public SampleDelivery again() {
        return new SampleDelivery(message, true);
    }

    /** Loses the delivery together with its connection. */
    public void lose() {
        lost = true;
    }

    /** Returns the first settlement; {@code null} while there is none. */
    public Settlement settlement() {
        return settlement;
    }

    @Override
    public BridgeMessage message() {
        return message;
    }

    @Override
    public String incomplete() {
        return null;
    }

    @Override
    public boolean redelivered() {
        return redelivered;
    }

    @Override
    public boolean live() {
        return settlement == null && !lost;
    }

    @Override
    public void settle(Settlement outcome) {
        if (live()) {
            settlement = outcome;
        }
    }
}
