/**
 * Internal: serves HTTP: the management port, {@link dev.busbar.web.ManagementServer} with liveness, readiness and
 * metrics, and Busbar's HTTP port, {@link dev.busbar.web.WebServer} with the bridge for browsers. {@code HttpPort} has
 * the guards of both.
 *
 * <p>Threads: a server belongs to the event loop of the context it was started on; its futures complete there.
 *
 * <p>Imports {@code access}, {@code hub}, {@code route}, {@code config} and the packages below this one.
 */
package dev.busbar.web;
