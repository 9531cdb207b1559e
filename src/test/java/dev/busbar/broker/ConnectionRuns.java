package dev.busbar.broker;

import dev.busbar.broker.ConnectionEvent.AttemptFailed;
import dev.busbar.broker.ConnectionEvent.CloseRequested;
import dev.busbar.broker.ConnectionEvent.Disconnected;
import dev.busbar.broker.ConnectionEvent.Established;
import dev.busbar.broker.ConnectionEvent.Lasted;
import dev.busbar.broker.ConnectionEvent.Lost;
import dev.busbar.broker.ConnectionEvent.OpenRequested;
import dev.busbar.broker.ConnectionEvent.RetryDue;
import dev.busbar.broker.ConnectionState.Closing;
import dev.busbar.broker.ConnectionState.Connected;
import dev.busbar.broker.ConnectionState.Connecting;
import dev.busbar.broker.ConnectionState.Idle;
import dev.busbar.broker.ConnectionState.Waiting;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/** Generates lives of a connection: random events, about the present epoch as often as not. */
class ConnectionRuns extends DomainContextBase {

    static final RuntimeException CAUSE = new RuntimeException("cut");

    /** Holds one transition, as the test has observed it. */
    record Seen(ConnectionState before, ConnectionEvent event, ConnectionState after, ConnectionStep.Effect effect) {}

    /** Describes what happens next, with an epoch relative to the present one. */
    interface Happening {
        ConnectionEvent at(long epoch);
    }

    record Run(List<Happening> happenings) {

        List<Seen> with(ReconnectPolicy policy) {
            var transitions = new ConnectionTransitions(policy);
            var seen = new ArrayList<Seen>();
            ConnectionState state = new Idle();
            for (var happening : happenings) {
                var event = happening.at(epoch(state));
                var step = transitions.next(state, event);
                seen.add(new Seen(state, event, step.state(), step.effect()));
                state = step.state();
            }
            return seen;
        }
    }

    static List<Seen> run(ReconnectPolicy policy, ConnectionEvent... events) {
        return new Run(List.of(events).stream()
                        .<Happening>map(event -> epoch -> event)
                        .toList())
                .with(policy);
    }

    /** Returns the epoch of a state; 0 where there is none. */
    static long epoch(ConnectionState state) {
        return state instanceof Connecting connecting
                ? connecting.epoch()
                : state instanceof Connected connected
                        ? connected.epoch()
                        : state instanceof Waiting waiting
                                ? waiting.epoch()
                                : state instanceof Closing closing ? closing.epoch() : 0;
    }

    @Provide
    Arbitrary<Run> runs() {
        return happenings().list().ofMinSize(1).ofMaxSize(100).map(rest -> {
            var all = new ArrayList<Happening>();
            all.add(epoch -> new OpenRequested());
            all.addAll(rest);
            return new Run(all);
        });
    }

    private static Arbitrary<Happening> happenings() {
        Arbitrary<Long> shifts =
                Arbitraries.frequency(Tuple.of(6, 0L), Tuple.of(1, -1L), Tuple.of(1, 1L), Tuple.of(1, -3L));
        Arbitrary<Boolean> mayPass = Arbitraries.frequency(Tuple.of(30, true), Tuple.of(1, false));
        return Arbitraries.frequencyOf(
                Tuple.of(8, shifts.map(shift -> epoch -> new Established(epoch + shift))),
                Tuple.of(
                        8,
                        Combinators.combine(shifts, mayPass)
                                .as((shift, passes) -> epoch -> new AttemptFailed(epoch + shift, CAUSE, passes))),
                Tuple.of(16, shifts.map(shift -> epoch -> new RetryDue(epoch + shift))),
                Tuple.of(8, shifts.map(shift -> epoch -> new Lost(epoch + shift, CAUSE))),
                Tuple.of(4, shifts.map(shift -> epoch -> new Lasted(epoch + shift))),
                Tuple.of(2, Arbitraries.just(epoch -> new OpenRequested())),
                Tuple.of(2, Arbitraries.just(epoch -> new Disconnected())),
                Tuple.of(1, Arbitraries.just(epoch -> new CloseRequested())));
    }
}
