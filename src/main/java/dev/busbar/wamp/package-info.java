/**
 * Internal: WAMP for Buildbot masters, and for whoever else speaks it: {@link dev.busbar.wamp.WampServer} is a router
 * with the broker role of WAMP's basic profile, over WebSockets and in JSON. What is published goes to the broker, and
 * comes back from there to everybody who has subscribed, on whatever node and in whatever protocol, the publisher among
 * them.
 *
 * <p>What the masters of Buildbot do not survive is never done: no event for a subscription before the client knows of
 * it or after it has unsubscribed, no answer that was not asked for, no GOODBYE that answers none; every SUBSCRIBE gets
 * an id of its own; sockets stay through outages of the broker. A node that stops just closes its sockets.
 *
 * <p>A subscription of a master to one of {@code wamp.parking.filters} has a durable queue of its own, which stays when
 * the connection is lost: a {@link dev.busbar.wamp.Place}. All others share the node's queue, see
 * {@link dev.busbar.hub}.
 *
 * <p>Threads: a session belongs to the event loop of its socket, and all of its events and answers come there, in
 * order. Places belong to the hub's event loop.
 *
 * <p>Bounds: of one session so many publications and subscriptions wait for the broker, and then nothing more is read
 * from its socket; what it does not read itself waits up to so many bytes, and then it is disconnected. A place settles
 * nothing while half of that waits, and has no more unsettled than fits into that, if none is longer than a client's
 * may be. Queues are bounded by the broker.
 *
 * <p>Imports {@code access}, {@code socket}, {@code hub}, {@code route}, {@code broker}, {@code codec}, {@code config}
 * and {@code topic}.
 */
package dev.busbar.wamp;
