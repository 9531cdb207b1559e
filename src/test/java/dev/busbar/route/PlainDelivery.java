package dev.busbar.route;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.Settlement;
import dev.busbar.codec.BridgeMessage;

/** A delivery of no broker, which stays as it is. */
public record PlainDelivery(BridgeMessage message) implements Delivery {

    @Override
    public String incomplete() {
        return null;
    }

    @Override
    public boolean redelivered() {
        return false;
    }

    @Override
    public void forget() {}

    @Override
    public boolean live() {
        return true;
    }

    @Override
    public void settle(Settlement settlement) {}
}
