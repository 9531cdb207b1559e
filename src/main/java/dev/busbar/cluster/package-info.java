/**
 * Several nodes with one event bus: the cluster manager that keeps them together, what each is called, what a scope
 * makes of a route on one of them, who is a member, and who is active where only one is. Public API:
 * {@link dev.busbar.cluster.ClusterException}.
 *
 * <p>Nothing here keeps a membership of its own: the cluster manager says who is there. What members know of each other
 * they ask for over the event bus, at addresses that begin with {@code dev.busbar.}.
 *
 * <p>Threads: {@link dev.busbar.cluster.Clusters} blocks and is for the thread that starts everything; the rest answers
 * on event loops and may be asked from anywhere.
 *
 * <p>Imports {@code config}, {@code codec} and {@code topic}.
 */
package dev.busbar.cluster;
