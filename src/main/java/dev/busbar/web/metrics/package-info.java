/**
 * Internal: serves metrics to Prometheus: {@link dev.busbar.web.metrics.Metrics}. The meters read numbers that routes,
 * the hub and sockets keep anyway, and only when Prometheus asks, so that no message pays for them.
 *
 * <p>Threads: an answer is composed on a worker; its numbers are read just before, each part in its own thread.
 *
 * <p>Imports {@code web.sockjs}, {@code hub}, {@code route}, {@code broker} and {@code config}.
 */
package dev.busbar.web.metrics;
