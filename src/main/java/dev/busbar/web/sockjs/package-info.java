/**
 * Internal: the event bus bridge for browsers: the protocol of {@code @vertx/eventbus-bridge-client.js} on SockJS
 * sockets, with {@code mq:} addresses that reach the broker through the {@link dev.busbar.hub.Hub}.
 *
 * <p>Threads: a socket belongs to the event loop of the server that accepted it; all of its state is touched there
 * only. Bounds: what waits for a socket is bounded in messages and bytes, by {@code web.limits}, and the policy for
 * slow readers says what becomes of the rest.
 *
 * <p>Transports: a {@link dev.busbar.web.sockjs.Line} each. WebSockets are upgraded here, raw and with the frames of
 * SockJS, so that all of them can be given the same bytes; the others are left to vertx-web.
 *
 * <p>Imports {@code access}, {@code socket}, {@code hub}, {@code codec}, {@code config} and {@code topic}.
 */
package dev.busbar.web.sockjs;
