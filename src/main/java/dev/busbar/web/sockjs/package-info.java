/**
 * Internal: the event bus bridge for browsers: the protocol of {@code @vertx/eventbus-bridge-client.js} on SockJS
 * sockets, with {@code mq:} addresses that reach the broker through the {@link dev.busbar.hub.Hub}.
 *
 * <p>Threads: a socket belongs to the event loop of the server that accepted it; all its state is touched only there.
 * Bounds: what waits for a socket is bounded in messages and bytes, by {@code web.limits}; the policy for slow readers
 * decides what is dropped beyond that.
 *
 * <p>Transports: each is a {@code BrowserTransport}. WebSockets, raw and with SockJS frames, are accepted here, so that
 * the same bytes can be written to all of them; the other SockJS transports are vertx-web's.
 *
 * <p>Imports {@code access}, {@code socket}, {@code hub}, {@code codec}, {@code config} and {@code topic}.
 */
package dev.busbar.web.sockjs;
