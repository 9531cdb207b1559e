/**
 * Internal: serves WAMP to Buildbot masters and other WAMP clients: {@link dev.busbar.wamp.WampServer} is a router with
 * the broker role of WAMP's basic profile, over WebSockets and in JSON. A published event goes to the AMQP broker, and
 * comes back from there to every subscriber, on whatever node and in whatever protocol, the publisher among them.
 *
 * <p>The router avoids what Buildbot's masters do not survive: an event for a subscription before the client knows its
 * id or after it has unsubscribed, an answer that was not asked for, a GOODBYE that answers none. Every SUBSCRIBE gets
 * an id of its own. Sockets stay open through outages of the broker. A node that stops closes its sockets without a
 * GOODBYE.
 *
 * <p>A master's subscription to one of {@code wamp.parking.filters} has a durable queue of its own, which stays when
 * the connection is lost, see {@code DurableQueue}. All other subscriptions share the node's queue, see
 * {@link dev.busbar.hub}.
 *
 * <p>Threads: a session belongs to the event loop of its socket, and sends all its events and answers there, in order.
 * Durable queues belong to the hub's event loop.
 *
 * <p>Bounds: a session whose publications and subscriptions in flight reach {@code wamp.limits.inFlight} is not read
 * from until one completes. What a client does not read waits, up to {@code wamp.limits.queueBytes}; then the client is
 * disconnected. A durable queue settles nothing while half of those bytes wait for the client, and has no more messages
 * unsettled than fit into those bytes, if none is longer than a client's message may be. The broker bounds the queues
 * themselves.
 *
 * <p>Imports {@code access}, {@code socket}, {@code hub}, {@code delivery}, {@code broker}, {@code codec},
 * {@code config} and {@code topic}.
 */
package dev.busbar.wamp;
