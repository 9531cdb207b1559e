package dev.busbar.cluster;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Tells all other nodes about one node. A node publishes it when something changes, and every few seconds in case
 * somebody has missed it.
 *
 * @param id the node's id in the cluster manager
 * @param name the node's name
 * @param asks whether the other nodes are to announce themselves in turn
 * @param leaving whether the node is leaving; then this is its last announcement
 * @param claims the node's consumers of routes of scope {@code singleton}
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
