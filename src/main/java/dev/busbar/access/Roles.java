package dev.busbar.access;

import dev.busbar.config.RoleConfig;
import dev.busbar.config.WebConfig;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** Finds the configured roles of a client and their permissions. Immutable. */
public final class Roles {

    private final WebConfig config;

    public Roles(WebConfig config) {
        this.config = config;
    }

    Permissions anonymous() {
        return config.anonymous() == null ? Permissions.NONE : named(List.of(config.anonymous()));
    }

    Permissions ofUser(String user) {
        return Permissions.of(config.roles().values().stream()
                .filter(role -> role.users().contains(user))
                .toList());
    }

    /** Returns the permissions of the roles that a token names; names without a configured role permit nothing. */
    Permissions ofToken(JsonObject claims) {
        return named(names(claims, config.auth().jwt().rolesClaim()));
    }

    /** Returns the permissions of the named roles; names without a configured role permit nothing. */
    public Permissions named(Collection<String> names) {
        List<RoleConfig> roles =
                names.stream().map(config.roles()::get).filter(Objects::nonNull).toList();
        return Permissions.of(roles);
    }

    /** Reads a claim of one name or a list of names; dots in {@code claim} may lead into objects. */
    private static List<String> names(JsonObject claims, String claim) {
        Object value = claims.getValue(claim);
        JsonObject at = claims;
        for (int dot = claim.indexOf('.'); value == null && at != null && dot >= 0; dot = claim.indexOf('.')) {
            at = at.getValue(claim.substring(0, dot)) instanceof JsonObject inner ? inner : null;
            claim = claim.substring(dot + 1);
            value = at == null ? null : at.getValue(claim);
        }
        if (value instanceof String name) {
            return List.of(name);
        }
        var names = new ArrayList<String>();
        if (value instanceof JsonArray list) {
            list.stream().filter(String.class::isInstance).forEach(name -> names.add((String) name));
        }
        return names;
    }
}
