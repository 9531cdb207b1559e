/**
 * Internal: authentication and authorization of browsers and other clients of Busbar's HTTP port.
 * {@link dev.busbar.access.Authenticator} turns an HTTP authorization into an {@link dev.busbar.access.Identity} with
 * {@link dev.busbar.access.Permissions}. {@link dev.busbar.access.Roles} finds the configured roles of a client; what
 * no role permits is forbidden. {@link dev.busbar.access.BrowserHeaders} decides which message headers a browser may
 * set.
 *
 * <p>Threads: identities and permissions are values. An authenticator may be used from every event loop; its futures
 * complete on the caller's context, and passwords are checked on a worker.
 *
 * <p>Imports {@code codec}, {@code config} and {@code topic}.
 */
package dev.busbar.access;
