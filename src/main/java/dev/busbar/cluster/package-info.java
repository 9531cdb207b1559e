/**
 * Makes several nodes with one event bus work together: starts the cluster manager, names the node, applies the scope
 * of a route to a node, tells which nodes are members, and where a route of scope {@code singleton} is active. Public
 * API: {@link dev.busbar.cluster.ClusterException}.
 *
 * <p>The cluster manager decides which nodes are members; nothing here keeps a membership of its own. Nodes ask each
 * other for details over the event bus, at addresses that begin with {@code dev.busbar.}.
 *
 * <p>Threads: {@link dev.busbar.cluster.Clusters} may block and is called by the thread that starts the process. All
 * other classes may be called from any thread; their futures complete on event loops.
 *
 * <p>Imports {@code config}, {@code codec} and {@code topic}.
 */
package dev.busbar.cluster;
