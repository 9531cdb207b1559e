/**
 * What routes, the hub, the message queue and WAMP sessions share when they deal with one delivery: its decoded body,
 * what becomes of a delivery that will not be tried again, and why a message that was sent has failed. Public API:
 * {@link dev.busbar.delivery.SendFailure}.
 *
 * <p>{@link dev.busbar.delivery.UndeliveredHandler} dead-letters, parks, drops or rejects; a delivery is settled only
 * once the broker has confirmed that another queue has the message. {@link dev.busbar.delivery.MovedHeaders} lists the
 * headers that a moved message carries; {@link dev.busbar.delivery.RestoredDelivery} takes them off again.
 */
package dev.busbar.delivery;
