package dev.busbar.access;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Who somebody is.
 *
 * @param name for logs and people
 * @param expires when it ends, or {@code null}
 */
public record Identity(String name, Permissions permissions, Instant expires) {

    public Identity {
        requireNonNull(name, "name");
        requireNonNull(permissions, "permissions");
    }
}
