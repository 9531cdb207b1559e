/**
 * Measures Busbar beside the alternatives: the same broker, the same messages, each contender in a JVM of its own, in
 * interleaved rounds. {@link dev.busbar.bench.Bench} starts the broker and prints the tables;
 * {@link dev.busbar.bench.Contestant} is what runs in each of the other JVMs.
 */
package dev.busbar.bench;
