/**
 * Internal: counts for Prometheus: {@link dev.busbar.web.metrics.Metrics}. They are those that routes, the hub and
 * sockets keep anyway, and are read when somebody asks, so that no message pays for them.
 *
 * <p>Threads: a scrape is put together on a worker; what it shows was noted just before, each part in its own thread.
 *
 * <p>Imports {@code web.sockjs}, {@code hub}, {@code route}, {@code broker} and {@code config}.
 */
package dev.busbar.web.metrics;
