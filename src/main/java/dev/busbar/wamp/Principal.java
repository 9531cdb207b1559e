package dev.busbar.wamp;

import dev.busbar.access.Permissions;

/**
 * Who has joined a session, and what its role permits.
 *
 * @param name the user's name, for logs and messages
 * @param role the role's name in the configuration
 * @param method the authentication method that was used
 */
record Principal(String name, String role, String method, Permissions permissions) {}
