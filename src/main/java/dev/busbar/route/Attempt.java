package dev.busbar.route;

import dev.busbar.delivery.RetryLoop;

/**
 * One attempt to have a delivery handled.
 *
 * @param order numbers the deliveries by arrival
 * @param number which attempt it is, from 1
 */
record Attempt(HeldDelivery delivery, long order, int number) implements RetryLoop.Attempt {

    Attempt next() {
        return new Attempt(delivery, order, number + 1);
    }
}
