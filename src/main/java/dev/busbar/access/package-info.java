/**
 * Internal: who a browser or another client of Busbar's HTTP port is and what it may do:
 * {@link dev.busbar.access.Authenticator} makes an {@link dev.busbar.access.Identity} of what it presents, and that has
 * its {@link dev.busbar.access.Permissions}. What no role permits is forbidden, {@link dev.busbar.access.Roles} says
 * who has which, and of headers {@link dev.busbar.access.BrowserHeaders} says which may be set.
 *
 * <p>Threads: identities and permissions are values. An authenticator belongs to no event loop; its futures complete on
 * the caller's context, and passwords are checked on a worker.
 *
 * <p>Imports {@code codec}, {@code config} and {@code topic}.
 */
package dev.busbar.access;
