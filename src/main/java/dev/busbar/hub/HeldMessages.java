package dev.busbar.hub;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Holds the messages of each client, in order, until the subscriptions that the client began before are live. A message
 * counts in the {@link BufferQuota} while it is held, which bounds them. Confined to the hub's event loop.
 */
final class HeldMessages {

    private final Map<HubClient, Queue<PendingPublish>> byClient = new LinkedHashMap<>();

    /**
     * Holds the message if it has to wait.
     *
     * @return {@code false} if it may be sent now
     */
    boolean keep(PendingPublish message) {
        var listeners = message.listeners();
        if (listeners == null || listeners.areLive() && !byClient.containsKey(listeners.client())) {
            return false;
        }
        byClient.computeIfAbsent(listeners.client(), ignored -> new ArrayDeque<>())
                .add(message);
        return true;
    }

    /** Sends the client's messages that need not wait any longer. */
    void release(HubClient client, Consumer<PendingPublish> send) {
        var held = byClient.get(client);
        while (held != null && !held.isEmpty() && held.peek().listeners().areLive()) {
            send.accept(held.poll());
        }
        if (held != null && held.isEmpty()) {
            byClient.remove(client);
        }
    }

    /** Sends all messages, whatever they wait for. */
    void releaseAll(Consumer<PendingPublish> send) {
        var held = List.copyOf(byClient.values());
        byClient.clear();
        held.forEach(messages -> messages.forEach(send));
    }
}
