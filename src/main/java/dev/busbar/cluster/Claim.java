package dev.busbar.cluster;

import io.vertx.core.json.JsonObject;
import java.util.Comparator;

/**
 * That a node has a consumer of a route that is active on one node only.
 *
 * @param since when the consumer began, in milliseconds since 1970
 * @param proven when the broker gave it its first message, which it gives to none that stands by; 0 while it has not
 */
record Claim(String route, long since, long proven) {

    /**
     * The active one is last: who had a first message latest, for those before it have lost their turn; among those
     * without one, who has waited longest, as brokers choose.
     */
    static final Comparator<Claim> BY_TURN =
            Comparator.comparingLong(Claim::proven).thenComparing(Claim::since, Comparator.reverseOrder());

    JsonObject toJson() {
        return new JsonObject().put("route", route).put("since", since).put("proven", proven);
    }

    static Claim of(JsonObject json) {
        return new Claim(json.getString("route"), json.getLong("since"), json.getLong("proven"));
    }
}
