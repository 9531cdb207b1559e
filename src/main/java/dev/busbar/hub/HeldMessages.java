package dev.busbar.hub;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Holds messages that clients have produced until the subscriptions that each client began before are live, in the
 * order of each client. Bounded by the {@link BufferQuota} that each message has been taken from. Confined to the hub's
 * event loop.
 */
final class HeldMessages {

    private final Map<HubClient, Queue<PendingPublish>> byClient = new LinkedHashMap<>();

    /** Returns whether the message is held; else it may be sent now. */
    boolean keep(PendingPublish message) {
        var after = message.after();
        if (after == null || after.isNow() && !byClient.containsKey(after.client())) {
            return false;
        }
        byClient.computeIfAbsent(after.client(), first -> new ArrayDeque<>()).add(message);
        return true;
    }

    /** Hands on the client's messages that need not wait any longer. */
    void release(HubClient client, Consumer<PendingPublish> go) {
        var held = byClient.get(client);
        while (held != null && !held.isEmpty() && held.peek().after().isNow()) {
            go.accept(held.poll());
        }
        if (held != null && held.isEmpty()) {
            byClient.remove(client);
        }
    }

    /** Hands on all messages, whatever they wait for. */
    void releaseAll(Consumer<PendingPublish> go) {
        var held = List.copyOf(byClient.values());
        byClient.clear();
        held.forEach(messages -> messages.forEach(go));
    }
}
