package dev.busbar.broker;

import static dev.busbar.broker.ConnectionRuns.CAUSE;
import static dev.busbar.broker.ConnectionRuns.epoch;
import static dev.busbar.broker.ConnectionRuns.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.ConnectionEvent.AttemptFailed;
import dev.busbar.broker.ConnectionEvent.CloseRequested;
import dev.busbar.broker.ConnectionEvent.Disconnected;
import dev.busbar.broker.ConnectionEvent.Established;
import dev.busbar.broker.ConnectionEvent.Lasted;
import dev.busbar.broker.ConnectionEvent.Lost;
import dev.busbar.broker.ConnectionEvent.OpenRequested;
import dev.busbar.broker.ConnectionEvent.RetryDue;
import dev.busbar.broker.ConnectionRuns.Run;
import dev.busbar.broker.ConnectionRuns.Seen;
import dev.busbar.broker.ConnectionState.Closed;
import dev.busbar.broker.ConnectionState.Closing;
import dev.busbar.broker.ConnectionState.Connected;
import dev.busbar.broker.ConnectionState.Connecting;
import dev.busbar.broker.ConnectionState.Idle;
import dev.busbar.broker.ConnectionState.Waiting;
import dev.busbar.broker.ConnectionStep.Effect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;

class ConnectionTransitionsTest {

    private static final ReconnectPolicy FOREVER =
            ReconnectPolicy.forever(Duration.ofMillis(100), Duration.ofSeconds(30));

    @Property(tries = 400)
    @Domain(ConnectionRuns.class)
    void epochsNeverDecrease(@ForAll Run run) {
        assertThat(run.with(FOREVER))
                .filteredOn(seen -> !(seen.after() instanceof Closed))
                .allSatisfy(seen -> assertThat(epoch(seen.after())).isGreaterThanOrEqualTo(epoch(seen.before())));
    }

    @Property(tries = 400)
    @Domain(ConnectionRuns.class)
    void anAttemptStartsOnlyWhenNoneIsUnderWayAndHasAnEpochOfItsOwn(@ForAll Run run) {
        assertThat(connects(run.with(FOREVER)))
                .allSatisfy(seen -> assertThat(seen.before()).isInstanceOfAny(Idle.class, Waiting.class))
                .allSatisfy(seen -> assertThat(seen.after()).isInstanceOf(Connecting.class))
                .allSatisfy(seen -> assertThat(seen.effect()).isEqualTo(new Effect.Connect(epoch(seen.after()))))
                .extracting(seen -> epoch(seen.after()))
                .doesNotHaveDuplicates();
    }

    @Property(tries = 400)
    @Domain(ConnectionRuns.class)
    void connectedComesOnlyFromTheAttemptOfTheSameEpoch(@ForAll Run run) {
        assertThat(run.with(FOREVER))
                .filteredOn(seen -> seen.after() instanceof Connected && !(seen.before() instanceof Connected))
                .allSatisfy(seen -> {
                    assertThat(seen.before()).isInstanceOf(Connecting.class);
                    assertThat(seen.event()).isEqualTo(new Established(epoch(seen.before())));
                    assertThat(epoch(seen.after())).isEqualTo(epoch(seen.before()));
                });
    }

    @Property(tries = 400)
    @Domain(ConnectionRuns.class)
    void nothingConnectsOrWaitsOnceClosingWasRequested(@ForAll Run run) {
        var seen = run.with(FOREVER);
        var closing = seen.stream()
                .dropWhile(it -> !(it.event() instanceof CloseRequested))
                .toList();

        assertThat(closing)
                .allSatisfy(it -> assertThat(it.after()).isInstanceOfAny(Closing.class, Closed.class))
                .allSatisfy(
                        it -> assertThat(it.effect()).isNotInstanceOfAny(Effect.Connect.class, Effect.Schedule.class));
    }

    @Property(tries = 400)
    @Domain(ConnectionRuns.class)
    void everyConnectionIsUsedUntilItIsLostOrElseClosed(@ForAll Run run) {
        for (var seen : run.with(FOREVER)) {
            if (seen.event() instanceof Established made
                    && !(seen.after() instanceof Connected used && used.epoch() == made.epoch())) {
                assertThat(seen.effect()).isEqualTo(new Effect.Discard(made.epoch()));
            }
            if (seen.before() instanceof Connected left && !(seen.after() instanceof Connected)) {
                assertThat(seen.event() instanceof Lost || seen.effect().equals(new Effect.Disconnect(left.epoch())))
                        .as("%s", seen)
                        .isTrue();
            }
        }
    }

    @Property(tries = 400)
    @Domain(ConnectionRuns.class)
    void whatBelongsToAnotherEpochOrStateChangesNothing(@ForAll Run run) {
        assertThat(run.with(FOREVER))
                .filteredOn(seen -> !isExpected(seen.before(), seen.event()))
                .allSatisfy(seen -> {
                    assertThat(seen.after()).isSameAs(seen.before());
                    assertThat(seen.effect()).isInstanceOfAny(Effect.None.class, Effect.Discard.class);
                });
    }

    private static boolean isExpected(ConnectionState state, ConnectionEvent event) {
        var epoch = epoch(state);
        if (event instanceof Established it) {
            return state instanceof Connecting && it.epoch() == epoch;
        } else if (event instanceof AttemptFailed it) {
            return state instanceof Connecting && it.epoch() == epoch;
        } else if (event instanceof RetryDue it) {
            return state instanceof Waiting && it.epoch() == epoch;
        } else if (event instanceof Lasted it) {
            return state instanceof Connected && it.epoch() == epoch;
        } else if (event instanceof Lost it) {
            return state instanceof Connected && it.epoch() == epoch;
        } else if (event instanceof OpenRequested) {
            return state instanceof Idle;
        } else if (event instanceof Disconnected) {
            return state instanceof Closing;
        }
        return !(state instanceof Closing) && !(state instanceof Closed);
    }

    @Property(tries = 400)
    @Domain(ConnectionRuns.class)
    void attemptsCountUpUntilAConnectionHasLastedAndWaitsGrowWithThem(@ForAll Run run) {
        var attempt = 0;
        for (var seen : run.with(FOREVER)) {
            if (seen.after() instanceof Connected
                    && seen.event() instanceof Lasted it
                    && it.epoch() == epoch(seen.after())) {
                attempt = 0;
            }
            if (seen.effect() instanceof Effect.Connect && !(seen.before() instanceof Idle)) {
                attempt++;
            }
            if (seen.after() instanceof Connecting connecting) {
                assertThat(connecting.attempt()).isEqualTo(attempt);
            }
            if (seen.effect() instanceof Effect.Schedule schedule) {
                var interval = Math.min(30_000, 100L << Math.min(attempt, 20));
                assertThat(seen.after()).isEqualTo(new Waiting(epoch(seen.before()), attempt, schedule.delay(), CAUSE));
                assertThat(schedule.epoch()).isEqualTo(epoch(seen.after()));
                assertThat(schedule.delay().toMillis()).isBetween(interval / 2, interval);
            }
        }
    }

    @Property(tries = 20)
    void givesUpAfterSoManyAttemptsNotCountingTheFirstOfAll(@ForAll @IntRange(max = 20) int maxAttempts) {
        var policy = new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(1), maxAttempts);

        var neverUp = failing(policy, new OpenRequested());
        var lost = failing(policy, new OpenRequested(), new Established(1), new Lost(1, CAUSE));

        assertThat(connects(neverUp)).hasSize(1 + maxAttempts);
        assertThat(connects(lost)).hasSize(1 + maxAttempts);
        assertThat(neverUp.get(neverUp.size() - 1).after()).isEqualTo(new Closed(CAUSE));
        assertThat(lost.get(lost.size() - 1).after()).isEqualTo(new Closed(CAUSE));
    }

    @Test
    void aConnectionThatGoesAtOnceIsNoSuccess() {
        var flapping = new ArrayList<ConnectionRuns.Happening>();
        flapping.add(epoch -> new OpenRequested());
        for (var i = 0; i < 12; i++) {
            flapping.add(Established::new);
            flapping.add(epoch -> new Lost(epoch, CAUSE));
            flapping.add(RetryDue::new);
        }
        var waits = new Run(flapping)
                .with(FOREVER).stream()
                        .filter(seen -> seen.effect() instanceof Effect.Schedule)
                        .map(seen -> ((Effect.Schedule) seen.effect()).delay())
                        .toList();

        assertThat(waits.get(0)).isLessThanOrEqualTo(Duration.ofMillis(100));
        assertThat(waits.get(11)).isGreaterThanOrEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void neverGivesUpWithoutALimit() {
        assertThat(connects(failing(FOREVER, new OpenRequested()))).hasSize(101);
    }

    @Test
    void aFailureThatCannotPassIsTheEnd() {
        var seen = run(FOREVER, new OpenRequested(), new AttemptFailed(1, CAUSE, false));

        assertThat(seen.get(1).after()).isEqualTo(new Closed(CAUSE));
    }

    @Test
    void closingWhileConnectingEndsInClosedWhateverBecomesOfTheAttempt() {
        for (var outcome : List.of(new Established(1), new AttemptFailed(1, CAUSE, true))) {
            var before = run(FOREVER, new OpenRequested(), new CloseRequested(), outcome, new Disconnected());
            var after = run(FOREVER, new OpenRequested(), new CloseRequested(), new Disconnected(), outcome);

            assertThat(before.get(1).effect()).isEqualTo(new Effect.Disconnect(1));
            assertThat(before.get(3).after()).isEqualTo(new Closed(null));
            assertThat(after.get(3).after()).isEqualTo(new Closed(null));
        }
    }

    @Test
    void closingWhileWaitingOrIdleIsImmediate() {
        assertThat(run(FOREVER, new CloseRequested()).get(0).after()).isEqualTo(new Closed(null));
        assertThat(run(FOREVER, new OpenRequested(), new AttemptFailed(1, CAUSE, true), new CloseRequested())
                        .get(2)
                        .after())
                .isEqualTo(new Closed(null));
    }

    private static List<Seen> connects(List<Seen> all) {
        return all.stream()
                .filter(seen -> seen.effect() instanceof Effect.Connect)
                .toList();
    }

    /** Lets a hundred attempts fail, or as many as the policy allows. */
    private static List<Seen> failing(ReconnectPolicy policy, ConnectionEvent... start) {
        var happenings = new ArrayList<ConnectionRuns.Happening>();
        List.of(start).forEach(event -> happenings.add(epoch -> event));
        for (var i = 0; i < 100; i++) {
            happenings.add(epoch -> new AttemptFailed(epoch, CAUSE, true));
            happenings.add(RetryDue::new);
        }
        return new Run(happenings).with(policy);
    }
}
