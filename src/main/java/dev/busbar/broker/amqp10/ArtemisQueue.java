package dev.busbar.broker.amqp10;

import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * A queue as Artemis lists it, every attribute as text.
 *
 * @param filter the selector of the messages that the queue takes; empty if it takes all
 * @param consumers how many consumers the queue has
 * @param attributes all attributes, by Artemis' names
 */
record ArtemisQueue(String name, String address, String filter, int consumers, JsonObject attributes) {

    static List<ArtemisQueue> listed(String json) {
        return new JsonObject(json)
                .getJsonArray("data").stream()
                        .map(JsonObject.class::cast)
                        .map(ArtemisQueue::of)
                        .toList();
    }

    private static ArtemisQueue of(JsonObject row) {
        return new ArtemisQueue(
                row.getString("name"),
                row.getString("address"),
                row.getString("filter"),
                Integer.parseInt(row.getString("consumerCount")),
                row);
    }

    boolean isDurable() {
        return attribute("durable").equals("true");
    }

    /** Returns how many messages the queue has that are due and that nobody has in hand. */
    long waiting() {
        return Math.max(0, number("messageCount") - number("deliveringCount") - number("scheduledCount"));
    }

    private long number(String name) {
        return Long.parseLong(attributes.getString(name, "0"));
    }

    /** @param option the name of the attribute in a queue's configuration, e.g. {@code max-consumers} */
    String attribute(String option) {
        if (option.equals("filter-string")) {
            return filter;
        }
        var words = option.split("-");
        var name = new StringBuilder(words[0]);
        for (var i = 1; i < words.length; i++) {
            name.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
        }
        return attributes.getString(name.toString(), "");
    }

    /** Returns the address for sending to this queue alone, and for consuming it. */
    String qualifiedName() {
        return address + "::" + name;
    }
}
