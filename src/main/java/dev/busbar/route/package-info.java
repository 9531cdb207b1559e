/**
 * Bridges the event bus and the broker: {@link dev.busbar.route.BridgeVerticle} runs the routes, which have one class
 * for each direction. Public API: {@link dev.busbar.route.BridgeStatus}, {@link dev.busbar.route.BridgeVerticle},
 * {@link dev.busbar.route.RouteEvent}, {@link dev.busbar.route.RouteException}, {@link dev.busbar.route.RouteStatus}.
 *
 * <p>Threads: everything of a route happens on the event loop of its verticle instance: deliveries are decoded,
 * dispatched and settled there, and messages of the event bus encoded and published. Counters may be read from
 * anywhere.
 *
 * <p>Imports {@code verticle}, {@code delivery}, {@code cluster}, {@code broker}, {@code config}, {@code codec} and
 * {@code topic}. Transports are found as services.
 */
package dev.busbar.route;
