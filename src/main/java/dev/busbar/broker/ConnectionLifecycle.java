package dev.busbar.broker;

import dev.busbar.broker.ConnectionEvent.AttemptFailed;
import dev.busbar.broker.ConnectionEvent.CloseRequested;
import dev.busbar.broker.ConnectionEvent.Disconnected;
import dev.busbar.broker.ConnectionEvent.Established;
import dev.busbar.broker.ConnectionEvent.Lasted;
import dev.busbar.broker.ConnectionEvent.Lost;
import dev.busbar.broker.ConnectionEvent.OpenRequested;
import dev.busbar.broker.ConnectionEvent.RetryDue;
import dev.busbar.broker.ConnectionStep.Effect;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * Drives {@link ConnectionTransitions} on an event loop: keeps the state, runs the effects, sets the timers. Serves
 * connections and, within a connection, channels. Confined to its context.
 */
public final class ConnectionLifecycle {

    /** Does what the transitions ask for. All methods are called on the context. */
    public interface Actions {

        /** Connects; the future completes on the context. */
        Future<Void> connect(long epoch);

        /** Closes the connection that {@link #connect} of this epoch has made or will have made. */
        Future<Void> disconnect(long epoch);

        /** Returns whether another attempt may succeed after this failure. */
        boolean mayPass(Throwable failure);

        /** Observes each change of state, after it and before its effect. Events caused here are handled afterwards. */
        void changed(ConnectionState from, ConnectionState to);
    }

    private final Context context;
    private final Vertx vertx;
    private final ConnectionTransitions transitions;
    private final Actions actions;
    private final Promise<Void> closed = Promise.promise();
    private final Queue<ConnectionEvent> events = new ArrayDeque<>();
    private boolean firing;
    private volatile ConnectionState state = new ConnectionState.Idle();

    public ConnectionLifecycle(Vertx vertx, Context context, ReconnectPolicy policy, Actions actions) {
        this.vertx = vertx;
        this.context = context;
        this.transitions = new ConnectionTransitions(policy);
        this.actions = actions;
    }

    /** Returns the present state. May be called from any thread. */
    public ConnectionState state() {
        return state;
    }

    public boolean connected() {
        return state instanceof ConnectionState.Connected;
    }

    /** Asks for the connection; does nothing but in the state {@code Idle}. */
    public void open() {
        fire(new OpenRequested());
    }

    /** Reports that the connection of an epoch has ended. */
    public void lost(long epoch, Throwable cause) {
        fire(new Lost(epoch, cause));
    }

    /** Closes for good. Completes once closed, and at once if it is closed already. */
    public Future<Void> close() {
        fire(new CloseRequested());
        return closed.future();
    }

    /**
     * Handles an event. Events that occur meanwhile wait their turn, so that effects come in the order of the states.
     */
    private void fire(ConnectionEvent event) {
        events.add(event);
        if (firing) {
            return;
        }
        firing = true;
        try {
            for (var next = events.poll(); next != null; next = events.poll()) {
                handle(next);
            }
        } finally {
            firing = false;
        }
    }

    private void handle(ConnectionEvent event) {
        var step = transitions.next(state, event);
        var before = state;
        state = step.state();
        if (before.getClass() != state.getClass()) {
            notifyObserver(before);
        }
        perform(step.effect());
    }

    /** Calls the observer. Its exception is rethrown on the context later, so that the connection goes on. */
    private void notifyObserver(ConnectionState before) {
        try {
            actions.changed(before, state);
        } catch (RuntimeException e) {
            context.runOnContext(ignored -> {
                throw e;
            });
        }
        if (state instanceof ConnectionState.Closed) {
            closed.tryComplete();
        }
    }

    private void perform(Effect effect) {
        if (effect instanceof Effect.Connect connect) {
            attempt(() -> actions.connect(connect.epoch()))
                    .onComplete(
                            done -> fire(new Established(connect.epoch())),
                            failure -> fire(new AttemptFailed(connect.epoch(), failure, actions.mayPass(failure))));
        } else if (effect instanceof Effect.Schedule schedule) {
            // From the context, so that the timer fires on it.
            context.runOnContext(
                    ignored -> vertx.setTimer(schedule.delay().toMillis(), id -> fire(new RetryDue(schedule.epoch()))));
        } else if (effect instanceof Effect.Prove prove) {
            context.runOnContext(
                    ignored -> vertx.setTimer(prove.time().toMillis(), id -> fire(new Lasted(prove.epoch()))));
        } else if (effect instanceof Effect.Disconnect disconnect) {
            attempt(() -> actions.disconnect(disconnect.epoch())).onComplete(ignored -> fire(new Disconnected()));
        } else if (effect instanceof Effect.Discard discard) {
            attempt(() -> actions.disconnect(discard.epoch()));
        }
    }

    private static Future<Void> attempt(Supplier<Future<Void>> action) {
        try {
            return action.get();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }
}
