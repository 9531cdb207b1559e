/**
 * Internal: serves HTTP: {@link dev.busbar.web.WebServer} is Busbar's HTTP port, with the event bus bridge for
 * browsers, the JSON API and the console; {@link dev.busbar.web.ManagementServer} is the management port, with
 * liveness, readiness and metrics. {@code HttpPort} has the guards of both.
 *
 * <p>Threads: each port is served on event loops of verticles of its own, Busbar's HTTP port on several. The futures of
 * {@code start} and {@code close} complete on the caller's context.
 *
 * <p>Imports {@code access}, {@code hub}, {@code route}, {@code config} and the packages below this one.
 */
package dev.busbar.web;
