package dev.busbar.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.PublishOutcome;
import dev.busbar.broker.PublishOutcome.Confirmed;
import dev.busbar.broker.PublishOutcome.Refused;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MoveGateTest {

    private static final Refused NO_EXCHANGE = new Refused("no exchange");

    private final List<Promise<PublishOutcome>> sent = new ArrayList<>();
    private long now;
    private final MoveGate gate = new MoveGate(() -> now);

    private Future<PublishOutcome> pass() {
        return gate.pass(() -> {
            var outcome = Promise.<PublishOutcome>promise();
            sent.add(outcome);
            return outcome.future();
        });
    }

    @Test
    void messagesGoOneAtATimeUntilOneHasArrived() {
        var first = pass();
        var second = pass();
        assertThat(sent).hasSize(1);

        sent.get(0).complete(Confirmed.INSTANCE);

        assertThat(first.result()).isEqualTo(Confirmed.INSTANCE);
        assertThat(second.isComplete()).isFalse();
        pass();
        pass();
        assertThat(sent).hasSize(4);
    }

    @Test
    void afterARefusalNoneGoesForAWhileAndThenOne() {
        var waiting = List.of(pass(), pass(), pass());
        sent.get(0).complete(NO_EXCHANGE);

        assertThat(waiting).allSatisfy(it -> assertThat(it.result()).isEqualTo(NO_EXCHANGE));
        assertThat(pass().result()).isEqualTo(NO_EXCHANGE);
        assertThat(sent).hasSize(1);

        now = TimeUnit.SECONDS.toNanos(5);
        pass();
        pass();
        assertThat(sent).hasSize(2);
        sent.get(1).complete(Confirmed.INSTANCE);
        assertThat(sent).hasSize(3);
    }

    @Test
    void aRefusalClosesItAgain() {
        pass();
        sent.get(0).complete(Confirmed.INSTANCE);
        pass();
        sent.get(1).complete(NO_EXCHANGE);

        assertThat(pass().result()).isEqualTo(NO_EXCHANGE);
        assertThat(sent).hasSize(2);
    }

    @Test
    void aMessageThatCannotBeWrittenHoldsUpNoOther() {
        pass();
        sent.get(0).complete(Confirmed.INSTANCE);
        pass();
        sent.get(1).complete(new Refused("half a character", true));

        pass();
        pass();
        assertThat(sent).hasSize(4);
    }
}
