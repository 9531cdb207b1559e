/**
 * Lets Java code produce, consume and wait for events, as Buildbot's message queue does, on futures: by a
 * {@link dev.busbar.mq.MessageQueue}. Public API: {@link dev.busbar.mq.ControlFailure}, {@link dev.busbar.mq.Event},
 * {@link dev.busbar.mq.MessageHandler}, {@link dev.busbar.mq.MessageQueue}, {@link dev.busbar.mq.MessageQueueControl},
 * {@link dev.busbar.mq.NameTakenException}, {@link dev.busbar.mq.QueueRef}.
 *
 * <p>Threads: everything may be called from any thread. A handler is called on the context on which its consumer was
 * started, one message after the other, the next only when the future of the one before has completed.
 *
 * <p>A consumer without a name shares the node's queue (see {@link dev.busbar.hub}): it gets what is published while it
 * consumes, at most once; what waits for its handler is bounded by {@code subscriptions.consumers}, the oldest is
 * dropped and counted. One with a name has a durable queue of its own on the broker, {@code busbar.mq.NAME@EXCHANGE},
 * bound by its filter: at least once, in order, with what came while nobody consumed it first. A message whose handler
 * fails is tried again as {@code subscriptions.persistent.onFailure} says, and those behind it wait, to keep the order.
 * Several nodes that consume the same name share its messages.
 *
 * <p>{@link dev.busbar.mq.MessageQueueControl} offers all this over the event bus, where the future a handler returns
 * is the reply to a request.
 *
 * <p>A broker cannot be asked over AMQP 0-9-1 which queues or bindings there are. So the names listed are those this
 * Vert.x has consumed, and an earlier filter is unbound when this Vert.x knows it. After a restart with another filter
 * the earlier binding stays at the broker until the name is removed; what it brings is passed over, counted and logged.
 *
 * <p>Imports {@code hub}, {@code delivery}, {@code cluster}, {@code broker}, {@code config}, {@code codec},
 * {@code topic} and {@code verticle}.
 */
package dev.busbar.mq;
