package dev.busbar.cluster;

import io.vertx.core.json.JsonObject;
import java.util.Comparator;

/**
 * Says that a node has a consumer of a route of scope {@code singleton}: the active one, or one that stands by.
 *
 * @param route the name of the route
 * @param since when the consumer began, in milliseconds since 1970
 * @param proven when the broker delivered the first message to it, in milliseconds since 1970; 0 before. A broker
 *     delivers to the active consumer only
 */
record Claim(String route, long since, long proven) {

    /**
     * Orders claims so that the active consumer comes last: the one whose first message is the latest, because the
     * others were active before it; among consumers without a message the one that has waited longest, because brokers
     * choose that one next.
     */
    static final Comparator<Claim> ACTIVE_LAST =
            Comparator.comparingLong(Claim::proven).thenComparing(Claim::since, Comparator.reverseOrder());

    JsonObject toJson() {
        return new JsonObject().put("route", route).put("since", since).put("proven", proven);
    }

    static Claim of(JsonObject json) {
        return new Claim(json.getString("route"), json.getLong("since"), json.getLong("proven"));
    }
}
