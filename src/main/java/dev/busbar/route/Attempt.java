package dev.busbar.route;

import dev.busbar.delivery.RetryLoop;

/**
 * A delivery about to be tried.
 *
 * @param order of its arrival
 * @param number which try it is, from 1
 */
record Attempt(HeldDelivery delivery, long order, int number) implements RetryLoop.Attempt {

    Attempt next() {
        return new Attempt(delivery, order, number + 1);
    }
}
