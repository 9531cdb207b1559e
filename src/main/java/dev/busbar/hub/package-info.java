/**
 * Internal: subscriptions made at run time, many on one connection: a {@link dev.busbar.hub.Hub} has one transient
 * queue on the broker, with one binding for each distinct filter however many listen, and hands what arrives there to
 * the {@link dev.busbar.hub.Listener listeners} of this node.
 *
 * <p>Threads: the hub's connections and bindings live on one event loop, its home. What arrives is decoded and matched
 * there once, and handed in batches to each event loop (or worker context) that has listeners for it, where a
 * {@link dev.busbar.hub.ListenerLoop} calls them: one hop for a batch and loop, however many listen. A listener is
 * called on the context on which it was registered, in order, never twice at once.
 *
 * <p>Bounds: a loop that does not keep up holds everybody back, by the prefetch, for as long as
 * {@code subscriptions.handOver.patience} says; then the oldest of what waits for it is dropped and counted, its
 * listeners are told that they have missed something, and the others go on.
 *
 * <p>Imports {@code delivery}, {@code cluster}, {@code broker}, {@code config}, {@code codec}, {@code topic} and
 * {@code verticle}.
 */
package dev.busbar.hub;
