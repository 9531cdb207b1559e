/**
 * Who a browser is and what it may do: {@link dev.busbar.web.access.Authenticator} makes an
 * {@link dev.busbar.web.access.Identity} of what it presents, and that has its
 * {@link dev.busbar.web.access.Permissions}. What no role permits is forbidden, and of headers
 * {@link dev.busbar.web.access.BrowserHeaders} says which may be set.
 *
 * <p>Threads: identities and permissions are values. An authenticator belongs to no event loop; its futures complete on
 * the caller's context, and passwords are checked on a worker.
 *
 * <p>Imports {@code codec}, {@code config} and {@code topic}.
 */
package dev.busbar.web.access;
