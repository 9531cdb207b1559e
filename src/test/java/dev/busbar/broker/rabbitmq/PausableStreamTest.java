package dev.busbar.broker.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.busbar.broker.BrokerException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PausableStreamTest {

    private final PausableStream<Integer> stream = new PausableStream<>(3, "confirmations");
    private final List<Integer> read = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private int ends;

    @Test
    void flowsAsSoonAsThereIsAHandler() {
        stream.add(1);
        stream.handler(read::add);
        stream.add(2);

        assertThat(read).containsExactly(2);
    }

    @Test
    void pausedKeepsWhatComesAndGivesAsMuchAsIsFetched() {
        stream.handler(read::add);
        stream.pause();
        addAll(1, 3);
        assertThat(read).isEmpty();

        stream.fetch(2);
        assertThat(read).containsExactly(1, 2);

        stream.resume();
        stream.add(4);
        assertThat(read).containsExactly(1, 2, 3, 4);
    }

    @Test
    void pausedBeforeItHasAHandlerItKeepsWhatComes() {
        stream.pause();
        stream.add(1);
        stream.handler(read::add);
        stream.resume();

        assertThat(read).containsExactly(1);
    }

    @Test
    void aHandlerMayPause() {
        stream.handler(item -> {
            read.add(item);
            stream.pause();
        });
        addAll(1, 3);
        assertThat(read).containsExactly(1);

        stream.fetch(1);

        assertThat(read).containsExactly(1, 2);
    }

    @Test
    void aHandlerThatFetchesOneByOneDoesNotGrowTheStack() {
        var large = new PausableStream<Integer>(100_000, "confirmations");
        large.handler(item -> {
            read.add(item);
            large.fetch(1);
        });
        large.pause();
        for (var i = 0; i < 100_000; i++) {
            large.add(i);
        }

        large.fetch(1);

        assertThat(read).hasSize(100_000).isSorted();
    }

    @Test
    void endsWithAFailureWhenTooMuchWaits() {
        stream.handler(read::add);
        stream.exceptionHandler(failures::add);
        stream.endHandler(ignored -> ends++);
        stream.pause();

        addAll(1, 5);
        stream.resume();
        stream.add(6);

        assertThat(failures)
                .singleElement()
                .isInstanceOf(BrokerException.class)
                .satisfies(failure -> assertThat(failure.getMessage()).contains("3 confirmations", "read faster"));
        assertThat(ends).isOne();
        assertThat(read).isEmpty();
    }

    @Test
    void refusesToFetchLessThanNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stream.fetch(-1))
                .withMessageContaining("-1 confirmations");
    }

    private void addAll(int first, int last) {
        for (var item = first; item <= last; item++) {
            stream.add(item);
        }
    }
}
