package dev.busbar.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MessageIdsTest {

    @Test
    void idsAreShortAndFitAnywhere() {
        assertThat(new MessageIds().next()).matches("[A-Za-z0-9_-]{22}");
    }

    @Test
    void idsOfManyThreadsAndGeneratorsDiffer() {
        MessageIds one = new MessageIds();
        MessageIds other = new MessageIds();

        Set<String> ids = IntStream.range(0, 10_000)
                .parallel()
                .boxed()
                .flatMap(i -> Stream.of(one.next(), other.next()))
                .collect(Collectors.toSet());

        assertThat(ids).hasSize(20_000);
    }
}
