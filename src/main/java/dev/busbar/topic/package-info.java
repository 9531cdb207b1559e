/**
 * Represents routing keys and filters, and matches a key against many filters. Immutable values and one collection
 * ({@link dev.busbar.topic.TopicIndex}, not thread-safe): no threads, no I/O. Imports nothing of Busbar. Public API:
 * {@link dev.busbar.topic.RoutingKey}, {@link dev.busbar.topic.TopicFilter}.
 *
 * <p>Matching is that of RabbitMQ's topic exchanges, to the letter: a key is split at every dot, an empty word is a
 * word like any other ({@code a..b} has three, and {@code a.*.b} matches it), {@code *} stands for exactly one word and
 * {@code #} for any number of them, none included. One key is special: the empty key has <em>no</em> words, so
 * {@code #} and the empty filter match it and {@code *} does not. A list of one empty word is encoded as the same empty
 * key, and is therefore the same key here.
 *
 * <p>Brokers agree on all keys but two kinds. Qpid Broker-J lets {@code *} match the empty key, and it ignores an empty
 * word at the end: to it {@code a.b.} is {@code a.b}. Keys that should mean the same everywhere have no empty last
 * word.
 */
package dev.busbar.topic;
