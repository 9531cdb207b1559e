/**
 * What is offered over HTTP. At present the port for machines: {@link dev.busbar.web.ManagementServer} with liveness
 * and readiness.
 *
 * <p>Threads: a server belongs to the event loop of the context it was started on; its futures complete there.
 *
 * <p>Imports {@code route} and {@code config}.
 */
package dev.busbar.web;
