package dev.busbar.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ConfirmQueueTest {

    private enum Kind {
        OFFER,
        SEND,
        REMOVE,
        GIVE_BACK,
        DRAIN
    }

    /** Holds one step. {@code number} is the size offered, or which of all messages ever offered is meant. */
    private record Action(Kind kind, int number) {}

    /** Does what the queue does, without any optimisation. */
    private static final class Model {

        private static final class Item {
            private final int id;
            private final int bytes;
            private boolean sent;

            private Item(int id, int bytes) {
                this.id = id;
                this.bytes = bytes;
            }
        }

        private final List<Item> items = new ArrayList<>();

        int bytes() {
            return items.stream().mapToInt(item -> item.bytes).sum();
        }

        int inFlight() {
            return (int) items.stream().filter(item -> item.sent).count();
        }

        Integer oldestUnsent() {
            return items.stream()
                    .filter(item -> !item.sent)
                    .map(item -> item.id)
                    .findFirst()
                    .orElse(null);
        }

        Item find(int id) {
            return items.stream().filter(item -> item.id == id).findFirst().orElse(null);
        }

        List<Integer> ids() {
            return items.stream().map(item -> item.id).toList();
        }
    }

    @Property(tries = 1_000)
    void behavesLikeAListSearchedFromItsBeginning(
            @ForAll @IntRange(min = 1, max = 5) int window,
            @ForAll @IntRange(min = 1, max = 8) int maxMessages,
            @ForAll @IntRange(min = 1, max = 30) int maxBytes,
            @ForAll("actions") List<Action> actions) {
        var queue = new ConfirmQueue<Integer>(window, maxMessages, maxBytes);
        var model = new Model();
        var entries = new ArrayList<ConfirmQueue.Entry<Integer>>();

        for (var action : actions) {
            var named = entries.isEmpty() ? null : entries.get(action.number() % entries.size());
            switch (action.kind()) {
                case OFFER -> {
                    var id = entries.size();
                    var entry = queue.offer(id, action.number());
                    assertThat(entry != null)
                            .isEqualTo(model.items.size() < maxMessages && model.bytes() + action.number() <= maxBytes);
                    if (entry != null) {
                        entries.add(entry);
                        model.items.add(new Model.Item(id, action.number()));
                    }
                }
                case SEND -> {
                    var expected = model.inFlight() < window ? model.oldestUnsent() : null;
                    var entry = queue.send();
                    assertThat(entry == null ? null : entry.message()).isEqualTo(expected);
                    if (entry != null) {
                        model.find(expected).sent = true;
                    }
                }
                case REMOVE -> {
                    if (named != null) {
                        var item = model.find(named.message());
                        assertThat(queue.remove(named)).isEqualTo(item != null);
                        model.items.remove(item);
                    }
                }
                case GIVE_BACK -> {
                    if (named != null) {
                        queue.giveBack(named);
                        var item = model.find(named.message());
                        if (item != null) {
                            item.sent = false;
                        }
                    }
                }
                case DRAIN -> {
                    var drained = new ArrayList<Integer>();
                    queue.drain(drained::add);
                    assertThat(drained).isEqualTo(model.ids());
                    model.items.clear();
                }
            }
            assertSame(queue, model);
        }
    }

    private static void assertSame(ConfirmQueue<Integer> queue, Model model) {
        var walked = new ArrayList<Integer>();
        for (var entry = queue.oldest(); entry != null; entry = entry.following()) {
            walked.add(entry.message());
            assertThat(entry.wasSent()).isEqualTo(model.find(entry.message()).sent);
        }
        assertThat(walked).isEqualTo(model.ids());
        assertThat(queue.size()).isEqualTo(model.items.size());
        assertThat(queue.isEmpty()).isEqualTo(model.items.isEmpty());
        assertThat(queue.bytes()).isEqualTo(model.bytes());
        assertThat(queue.inFlight()).isEqualTo(model.inFlight());
        var unsent = queue.oldestUnsent();
        assertThat(unsent == null ? null : unsent.message()).isEqualTo(model.oldestUnsent());
    }

    @Property(tries = 200)
    void sendsInTheOldOrderWhateverTheOrderOfGivingBack(@ForAll("shuffled") @Size(8) List<Integer> order) {
        var queue = new ConfirmQueue<Integer>(8, 10, 100);
        var entries = new HashMap<Integer, ConfirmQueue.Entry<Integer>>();
        for (var id = 0; id < 10; id++) {
            entries.put(id, queue.offer(id, 1));
        }
        sendAll(queue);

        order.forEach(id -> queue.giveBack(entries.get(id)));

        assertThat(sendAll(queue)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        confirmAll(queue, entries, order);
        assertThat(sendAll(queue)).containsExactly(8, 9);
    }

    private static void confirmAll(
            ConfirmQueue<Integer> queue, Map<Integer, ConfirmQueue.Entry<Integer>> entries, List<Integer> ids) {
        ids.forEach(id -> queue.remove(entries.get(id)));
    }

    private static List<Integer> sendAll(ConfirmQueue<Integer> queue) {
        var sent = new ArrayList<Integer>();
        for (var entry = queue.send(); entry != null; entry = queue.send()) {
            sent.add(entry.message());
        }
        return sent;
    }

    @Test
    void unboundedBytesDoNotOverflow() {
        var queue = new ConfirmQueue<String>(1, 10, Long.MAX_VALUE);

        assertThat(queue.offer("large", Long.MAX_VALUE)).isNotNull();
        assertThat(queue.offer("one too many", 1)).isNull();
        assertThat(queue.offer("empty", 0)).isNotNull();
    }

    @Test
    void hasRoomForAtLeastOneMessage() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ConfirmQueue<>(0, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ConfirmQueue<>(1, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ConfirmQueue<>(1, 1, 0));
    }

    @Provide
    Arbitrary<List<Integer>> shuffled() {
        return Arbitraries.shuffle(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Provide
    Arbitrary<List<Action>> actions() {
        var kinds = Arbitraries.frequency(
                Tuple.of(10, Kind.OFFER),
                Tuple.of(10, Kind.SEND),
                Tuple.of(5, Kind.REMOVE),
                Tuple.of(6, Kind.GIVE_BACK),
                Tuple.of(1, Kind.DRAIN));
        return Combinators.combine(kinds, Arbitraries.integers().between(0, 12))
                .as(Action::new)
                .list()
                .ofMinSize(10)
                .ofMaxSize(60);
    }
}
