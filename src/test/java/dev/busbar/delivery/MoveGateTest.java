package dev.busbar.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MoveGateTest {

    private final List<Promise<Void>> made = new ArrayList<>();
    private long now;
    private final MoveGate gate = new MoveGate(() -> now);

    private Future<Void> pass() {
        return gate.pass(() -> {
            var move = Promise.<Void>promise();
            made.add(move);
            return move.future();
        });
    }

    @Test
    void messagesGoOneAtATimeUntilOneHasArrived() {
        var first = pass();
        var second = pass();
        assertThat(made).hasSize(1);

        made.get(0).complete();

        assertThat(first.succeeded()).isTrue();
        assertThat(second.isComplete()).isFalse();
        pass();
        pass();
        assertThat(made).hasSize(4);
    }

    @Test
    void afterARefusalNoneGoesForAWhileAndThenOne() {
        var waiting = List.of(pass(), pass(), pass());
        made.get(0).fail("no exchange");

        assertThat(waiting).allSatisfy(it -> assertThat(it.cause()).hasMessage("no exchange"));
        assertThat(made).hasSize(1);
        assertThat(pass().cause()).hasMessage("no exchange");

        now = TimeUnit.SECONDS.toNanos(5);
        pass();
        pass();
        assertThat(made).hasSize(2);
        made.get(1).complete();
        assertThat(made).hasSize(3);
    }

    @Test
    void aRefusalClosesItAgain() {
        pass();
        made.get(0).complete();
        pass();
        made.get(1).fail("gone");

        assertThat(pass().cause()).hasMessage("gone");
        assertThat(made).hasSize(2);
    }
}
