/**
 * Internal: serves the JSON API that the console uses: {@link dev.busbar.web.api.Api} at {@code /api}.
 * {@code openapi.yaml} beside it describes every path, and a test compares the two. The roles of browsers decide who
 * may do what; what no role permits is forbidden.
 *
 * <p>Threads: one API serves all event loops; each request is answered on its own. Requests to the broker go over the
 * hub's connections, on the hub's event loop.
 *
 * <p>Imports {@code access}, {@code web.sockjs}, {@code hub}, {@code route}, {@code broker}, {@code codec},
 * {@code config} and {@code topic}.
 */
package dev.busbar.web.api;
