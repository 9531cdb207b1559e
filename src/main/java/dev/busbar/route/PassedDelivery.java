package dev.busbar.route;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.Settlement;
import dev.busbar.codec.BridgeMessage;
import java.util.function.Consumer;

/**
 * A delivery that one route has passed on to the next. The first route has it in hand until the next one has settled
 * it, and settles it by that outcome. Confined to the event loop.
 */
final class PassedDelivery implements Delivery {

    private final HeldDelivery held;
    /** Takes how the next route has settled the delivery; {@code null} once it has. */
    private Consumer<Settlement> outcome;

    PassedDelivery(HeldDelivery held, Consumer<Settlement> outcome) {
        this.held = held;
        this.outcome = outcome;
    }

    @Override
    public BridgeMessage message() {
        return held.message();
    }

    @Override
    public String incomplete() {
        return held.incomplete();
    }

    @Override
    public boolean redelivered() {
        return held.redelivered();
    }

    @Override
    public boolean live() {
        return outcome != null && held.live();
    }

    @Override
    public void forget() {
        held.forget();
    }

    @Override
    public void settle(Settlement settlement) {
        if (outcome != null) {
            var first = outcome;
            outcome = null;
            first.accept(settlement);
        }
    }
}
