package dev.busbar.wamp;

import dev.busbar.access.Permissions;

/**
 * Who has joined.
 *
 * @param name for logs and people
 * @param role its name in the configuration
 * @param method by which it has authenticated
 */
record Principal(String name, String role, String method, Permissions permissions) {}
