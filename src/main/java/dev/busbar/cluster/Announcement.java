package dev.busbar.cluster;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What a node tells all others when something changes, and now and then in case they have not heard.
 *
 * @param asks whether it wants to hear of them in turn
 * @param leaving whether it is the last one of this node
 */
record Announcement(String id, String name, boolean asks, boolean leaving, List<Claim> claims) {

    Announcement {
        claims = List.copyOf(claims);
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("id", id)
                .put("name", name)
                .put("asks", asks)
                .put("leaving", leaving)
                .put("claims", new JsonArray(claims.stream().map(Claim::toJson).toList()));
    }

    static Announcement of(JsonObject json) {
        return new Announcement(
                json.getString("id"),
                json.getString("name"),
                json.getBoolean("asks"),
                json.getBoolean("leaving"),
                json.getJsonArray("claims").stream()
                        .map(claim -> Claim.of((JsonObject) claim))
                        .toList());
    }
}
