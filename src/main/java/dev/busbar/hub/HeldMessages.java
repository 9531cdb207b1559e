package dev.busbar.hub;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Keeps what clients have produced until what they have begun to listen to before is live, in the order of each client.
 * Confined to the hub's event loop; bounded by the reserve that each message has been taken from.
 */
final class HeldMessages {

    private final Map<HubClient, Queue<PendingPublish>> byClient = new LinkedHashMap<>();

    /** @return whether it is kept; else it may go now */
    boolean keep(PendingPublish message) {
        var after = message.after();
        if (after == null || after.isNow() && !byClient.containsKey(after.client())) {
            return false;
        }
        byClient.computeIfAbsent(after.client(), first -> new ArrayDeque<>()).add(message);
        return true;
    }

    /** Lets go what need not wait any longer. */
    void release(HubClient client, Consumer<PendingPublish> go) {
        var held = byClient.get(client);
        while (held != null && !held.isEmpty() && held.peek().after().isNow()) {
            go.accept(held.poll());
        }
        if (held != null && held.isEmpty()) {
            byClient.remove(client);
        }
    }

    /** Lets all of it go, whatever it waits for. */
    void releaseAll(Consumer<PendingPublish> go) {
        var held = List.copyOf(byClient.values());
        byClient.clear();
        held.forEach(messages -> messages.forEach(go));
    }
}
