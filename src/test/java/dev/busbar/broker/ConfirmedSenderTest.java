package dev.busbar.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.vertx.core.Handler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class ConfirmedSenderTest {

    private static final PublishOutcome CONFIRMED = PublishOutcome.Confirmed.INSTANCE;
    private static final PublishOutcome LOST = new PublishOutcome.Lost("cut");

    private final ConfirmQueue<String> queue = new ConfirmQueue<>(3, 100, 1_000);
    private final Line wire = new Line();
    private final List<String> done = new ArrayList<>();
    private BiConsumer<String, PublishOutcome> onDone = (message, outcome) -> {};
    private final ConfirmedSender<String> sender = new ConfirmedSender<>(queue, wire, (message, outcome) -> {
        done.add(message + " " + outcome.getClass().getSimpleName());
        onDone.accept(message, outcome);
    });

    @Test
    void sendsAsManyAsTheWindowHoldsAndOneMoreForEachConfirmed() {
        offer("a", "b", "c", "d", "e");
        assertThat(wire.sent).containsExactly("a", "b", "c");

        wire.settle("b", CONFIRMED);

        assertThat(wire.sent).containsExactly("a", "b", "c", "d");
        assertThat(done).containsExactly("b Confirmed");
        assertThat(queue.inFlight()).isEqualTo(3);
    }

    @Test
    void sendsTheSuspectsOfAClosedChannelOneByOneAndRefusesTheCulprit() {
        var closed = new PublishOutcome.Lost("406 not this one", PublishOutcome.Suspicion.CHANNEL);
        offer("a", "culprit", "c", "d");
        wire.ready = false;
        wire.settle("a", closed);
        wire.settle("culprit", closed);
        wire.settle("c", closed);
        wire.sent.clear();

        wire.ready = true;
        sender.pump();
        assertThat(wire.sent).containsExactly("a");
        wire.settle("a", CONFIRMED);
        assertThat(wire.sent).containsExactly("a", "culprit");
        wire.settle("culprit", closed);
        assertThat(wire.sent).containsExactly("a", "culprit", "c");
        wire.settle("c", CONFIRMED);

        assertThat(done).containsExactly("a Confirmed", "culprit Refused", "c Confirmed");
        assertThat(wire.sent).containsExactly("a", "culprit", "c", "d");
    }

    @Test
    void blamesNobodyForAConnectionThatIsCutWhileSuspectsAreSentAlone() {
        offer("a", "b");
        wire.ready = false;
        wire.settle("a", new PublishOutcome.Lost("404", PublishOutcome.Suspicion.CHANNEL));
        wire.settle("b", new PublishOutcome.Lost("404", PublishOutcome.Suspicion.CHANNEL));
        wire.ready = true;
        sender.pump();

        wire.settle("a", LOST);

        assertThat(done).isEmpty();
        assertThat(wire.sent).endsWith("a");
    }

    @Test
    void refusesWhatWasAloneInFlightTheThirdTimeThatTheBrokerEndedTheConnection() {
        var ended = new PublishOutcome.Lost("541", PublishOutcome.Suspicion.CONNECTION);
        offer("a", "culprit", "c");
        wire.ready = false;
        wire.settle("a", ended);
        wire.settle("culprit", ended);
        wire.settle("c", ended);
        wire.ready = true;
        sender.pump();
        wire.settle("a", CONFIRMED);
        assertThat(wire.sent).endsWith("a", "culprit");

        wire.settle("culprit", ended);
        assertThat(done).as("may have been something else").containsExactly("a Confirmed");
        wire.settle("culprit", ended);

        assertThat(done).containsExactly("a Confirmed", "culprit Refused");
        wire.settle("c", CONFIRMED);
        assertThat(done).endsWith("c Confirmed");
    }

    @Test
    void countsOnlyTheConnectionsThatTheBrokerEnded() {
        offer("a");
        for (int i = 0; i < 10; i++) {
            wire.settle("a", LOST);
        }

        assertThat(done).isEmpty();
        assertThat(queue.oldest().connectionsLost()).isZero();
    }

    @Test
    void sendsNothingWhileTheWireIsNotReady() {
        wire.ready = false;
        offer("a", "b");
        assertThat(wire.sent).isEmpty();

        wire.ready = true;
        sender.pump();

        assertThat(wire.sent).containsExactly("a", "b");
    }

    @Test
    void sendsTheLostAgainInOrderBeforeNewerOnes() {
        offer("a", "b", "c", "d");
        wire.ready = false;
        wire.settle("b", CONFIRMED);
        wire.settle("c", LOST);
        wire.settle("a", LOST);
        wire.sent.clear();

        wire.ready = true;
        sender.pump();

        assertThat(wire.sent).containsExactly("a", "c", "d");
        assertThat(done).containsExactly("b Confirmed");
    }

    @Test
    void whatIsUnroutableOrRefusedIsDone() {
        offer("a", "b");

        wire.settle("a", new PublishOutcome.Unroutable("no queue"));
        wire.settle("b", new PublishOutcome.Refused("full"));

        assertThat(done).containsExactly("a Unroutable", "b Refused");
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void anOutcomeMayOfferAndPump() {
        onDone = (message, outcome) -> {
            if (message.length() < 4) {
                offer(message + "x", message + "y");
            }
        };
        offer("a");

        while (!wire.outcomes.isEmpty()) {
            wire.settle(wire.outcomes.keySet().iterator().next(), CONFIRMED);
        }

        assertThat(wire.sent)
                .containsExactly(
                        "a", "ax", "ay", "axx", "axy", "ayx", "ayy", "axxx", "axxy", "axyx", "axyy", "ayxx", "ayxy",
                        "ayyx", "ayyy");
        assertThat(done).hasSameSizeAs(wire.sent);
    }

    /**
     * Uses a wire that calls back before it returns, which a wire should not do: the stack must not grow with every
     * message.
     */
    @Test
    void aWireThatConfirmsAtOnceDoesNotGrowTheStack() {
        var large = new ConfirmQueue<Integer>(1, 100_000, 1);
        var sent = new ArrayList<Integer>();
        var immediate = new ConfirmedSender<>(
                large,
                new ConfirmedSender.Wire<Integer>() {
                    @Override
                    public boolean ready() {
                        return true;
                    }

                    @Override
                    public void send(Integer message, Handler<PublishOutcome> outcome) {
                        outcome.handle(CONFIRMED);
                    }
                },
                (message, outcome) -> sent.add(message));
        for (var i = 0; i < 100_000; i++) {
            large.offer(i, 0);
        }

        immediate.pump();

        assertThat(sent).hasSize(100_000).isSorted();
    }

    @Test
    void tellsNothingAboutAMessageThatHasBeenTakenOut() {
        offer("a", "b", "c", "d");
        queue.drain(message -> {});

        wire.settle("a", CONFIRMED);
        wire.settle("b", LOST);

        assertThat(done).isEmpty();
        assertThat(wire.sent).containsExactly("a", "b", "c");
        assertThat(queue.inFlight()).isZero();
    }

    @Test
    void aMessageTheWireChokesOnIsRefusedAndHoldsUpNobody() {
        wire.chokesOn = "b";

        offer("a", "b", "c", "d");

        assertThat(wire.sent).containsExactly("a", "c", "d");
        assertThat(done).containsExactly("b Refused");
        assertThat(queue.inFlight()).isEqualTo(3);
    }

    @Test
    void goesOnWhenTheOneToldFails() {
        offer("a", "b", "c", "d");
        onDone = (message, outcome) -> {
            throw new IllegalStateException("cannot reply");
        };

        assertThatIllegalStateException().isThrownBy(() -> wire.settle("a", CONFIRMED));

        assertThat(wire.sent).containsExactly("a", "b", "c", "d");
    }

    private void offer(String... messages) {
        for (var message : messages) {
            queue.offer(message, 1);
            sender.pump();
        }
    }

    private static final class Line implements ConfirmedSender.Wire<String> {

        private final List<String> sent = new ArrayList<>();
        private final Map<String, Handler<PublishOutcome>> outcomes = new LinkedHashMap<>();
        private boolean ready = true;
        private String chokesOn;

        @Override
        public boolean ready() {
            return ready;
        }

        @Override
        public void send(String message, Handler<PublishOutcome> outcome) {
            if (message.equals(chokesOn)) {
                throw new IllegalArgumentException("too long");
            }
            sent.add(message);
            outcomes.put(message, outcome);
        }

        void settle(String message, PublishOutcome outcome) {
            outcomes.remove(message).handle(outcome);
        }
    }
}
