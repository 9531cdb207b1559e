package dev.busbar.web.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Compares with a plain list that is searched from the start. */
class WaitingFramesTest {

    private record Plain(byte[] frame, Object key, boolean droppable) {}

    private final WaitingFrames waiting = new WaitingFrames();
    private final List<Plain> plain = new ArrayList<>();

    @Property(tries = 500)
    void doesWhatAPlainListDoes(@ForAll @Size(max = 60) List<@IntRange(min = 0, max = 999) Integer> steps) {
        waiting.clear();
        plain.clear();
        for (var step : steps) {
            var frame = new byte[step % 7];
            var key = step % 10 < 5 ? null : (Object) (step % 3);
            switch (step / 250) {
                case 0 -> add(frame, step % 4 != 0 ? key : null, step % 4 != 0);
                case 1 -> assertThat(waiting.dropOldest()).isEqualTo(dropOldest());
                case 2 -> {
                    if (key == null || !replaced(key, frame)) {
                        add(frame, key, true);
                    }
                }
                default -> assertThat(waiting.take(step % 20)).containsExactlyElementsOf(take(step % 20));
            }
            assertThat(waiting.size()).isEqualTo(plain.size());
            assertThat(waiting.bytes())
                    .isEqualTo(plain.stream().mapToLong(it -> it.frame.length).sum());
        }
        assertThat(waiting.take(Integer.MAX_VALUE)).containsExactlyElementsOf(take(Integer.MAX_VALUE));
    }

    private void add(byte[] frame, Object key, boolean droppable) {
        waiting.add(frame, key, droppable);
        plain.add(new Plain(frame, key, droppable));
    }

    private boolean dropOldest() {
        var oldest = plain.stream().filter(Plain::droppable).findFirst();
        oldest.ifPresent(it -> plain.remove(it));
        return oldest.isPresent();
    }

    /** Finds the last entry of the key. */
    private boolean replaced(Object key, byte[] frame) {
        var replaced = false;
        for (var i = plain.size() - 1; i >= 0 && !replaced; i--) {
            var it = plain.get(i);
            if (key.equals(it.key())) {
                plain.set(i, new Plain(frame, key, it.droppable()));
                replaced = true;
            }
        }
        assertThat(waiting.replace(key, frame)).isEqualTo(replaced);
        return replaced;
    }

    private List<byte[]> take(int enough) {
        var taken = new ArrayList<byte[]>();
        for (var length = 0; !plain.isEmpty() && length < enough; ) {
            var next = plain.remove(0).frame();
            taken.add(next);
            length += next.length;
        }
        return taken;
    }
}
