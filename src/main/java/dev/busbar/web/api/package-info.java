/**
 * Internal: what the console shows, as JSON over HTTP: {@link dev.busbar.web.api.Api} at {@code /api}.
 * {@code openapi.yaml} beside it describes every path, and a test holds the two together. Who may do what is decided by
 * the same roles as for browsers; what no role permits is forbidden.
 *
 * <p>Threads: one API serves all event loops; each request is answered on its own. What asks the broker goes over the
 * hub's connections, on the hub's event loop.
 *
 * <p>Imports {@code access}, {@code web.sockjs}, {@code hub}, {@code route}, {@code broker}, {@code codec},
 * {@code config} and {@code topic}.
 */
package dev.busbar.web.api;
