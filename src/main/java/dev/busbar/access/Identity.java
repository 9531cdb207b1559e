package dev.busbar.access;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A client's identity and what it may do.
 *
 * @param name the user's name, for logs and messages
 * @param expires when the identity ends; {@code null} if it does not
 */
public record Identity(String name, Permissions permissions, Instant expires) {

    public Identity {
        requireNonNull(name, "name");
        requireNonNull(permissions, "permissions");
    }
}
