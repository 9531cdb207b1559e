package dev.busbar.delivery;

import dev.busbar.broker.Delivery;

/**
 * A delivery that will not be attempted again.
 *
 * @param reason in words for a person
 * @param attempts how often a handler was given it; 0 when it could not be read
 */
public record Undelivered(Delivery delivery, String reason, int attempts) {}
