/**
 * Internal: looks at the queues in which routes leave what they could not handle, puts messages back where they came
 * from, and discards them. A message leaves its queue only once the broker has confirmed that another queue has it, so
 * that none is lost; a message may be in both queues then, under one message id.
 *
 * <p>Everything runs on the event loop of the connection. {@link dev.busbar.deadletter.QueueScan} holds a bounded
 * number of messages and bytes at a time.
 */
package dev.busbar.deadletter;
