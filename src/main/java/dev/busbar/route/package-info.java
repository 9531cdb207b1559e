/**
 * The bridge itself: {@link dev.busbar.route.BridgeVerticle} and the routes it runs, one class for each direction and
 * one small class for each way to deal with a message that cannot be delivered. Public API:
 * {@link dev.busbar.route.BridgeStatus}, {@link dev.busbar.route.BridgeVerticle}, {@link dev.busbar.route.RouteEvent},
 * {@link dev.busbar.route.RouteException}, {@link dev.busbar.route.RouteStatus}.
 *
 * <p>Threads: everything of a route happens on the event loop of its verticle instance: deliveries are decoded,
 * dispatched and settled there, and messages of the event bus encoded and published. Counters may be read from
 * anywhere.
 *
 * <p>Imports {@code delivery}, {@code cluster}, {@code broker}, {@code config}, {@code codec} and {@code topic}.
 * Transports are found as services.
 */
package dev.busbar.route;
