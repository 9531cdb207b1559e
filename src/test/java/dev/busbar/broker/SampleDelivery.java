package dev.busbar.broker;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import io.vertx.core.buffer.Buffer;

/** A delivery that no broker has made: it can be settled until it has been, or until the test says that it is lost. */
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

    /** A message of JSON from exchange {@code x}, by key {@code k}, of this id; {@code null} for none. */
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

    /** A message of a stream, without a body. */
    public static SampleDelivery ofStream(long offset) {
        return of(MessageProperties.builder().header("x-stream-offset", offset).build(), "");
    }

    /** The same message, as the broker delivers it again. */
    public SampleDelivery again() {
        return new SampleDelivery(message, true);
    }

    /** The connection it came by is lost. */
    public void lose() {
        lost = true;
    }

    /** What it has been settled with first; {@code null} while it has not been. */
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
