package dev.busbar.broker;

import dev.busbar.broker.ConnectionEvent.AttemptFailed;
import dev.busbar.broker.ConnectionEvent.CloseRequested;
import dev.busbar.broker.ConnectionEvent.Disconnected;
import dev.busbar.broker.ConnectionEvent.Established;
import dev.busbar.broker.ConnectionEvent.Lost;
import dev.busbar.broker.ConnectionEvent.OpenRequested;
import dev.busbar.broker.ConnectionEvent.RetryDue;
import dev.busbar.broker.ConnectionStep.Effect;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/**
 * Drives {@link ConnectionTransitions} on an event loop: keeps the state, runs the effects, sets the timers. Serves
 * connections and, within one, channels. Confined to its context.
 */
public final class ConnectionLife {

    /** How to do what the transitions ask for. All are called on the context. */
    public interface Actions {

        /** Connects; the future completes on the context. */
        Future<Void> connect(long epoch);

        /** Closes what {@link #connect} of this epoch made, or will have made. */
        Future<Void> disconnect(long epoch);

        /** Whether another attempt may succeed after this failure. */
        boolean mayPass(Throwable failure);

        /** Told of each change, after it. */
        void changed(ConnectionState from, ConnectionState to);
    }

    private final Context context;
    private final Vertx vertx;
    private final ConnectionTransitions transitions;
    private final Actions actions;
    private final Promise<Void> closed = Promise.promise();
    private ConnectionState state = new ConnectionState.Idle();

    public ConnectionLife(Vertx vertx, Context context, ReconnectPolicy policy, Actions actions) {
        this.vertx = vertx;
        this.context = context;
        this.transitions = new ConnectionTransitions(policy);
        this.actions = actions;
    }

    public ConnectionState state() {
        return state;
    }

    public boolean connected() {
        return state instanceof ConnectionState.Connected;
    }

    public void open() {
        fire(new OpenRequested());
    }

    public void lost(long epoch, Throwable cause) {
        fire(new Lost(epoch, cause));
    }

    /** Completes when closed; at once if it is. */
    public Future<Void> close() {
        fire(new CloseRequested());
        return closed.future();
    }

    private void fire(ConnectionEvent event) {
        var step = transitions.next(state, event);
        var before = state;
        state = step.state();
        if (before != state) {
            actions.changed(before, state);
            if (state instanceof ConnectionState.Closed) {
                closed.tryComplete();
            }
        }
        run(step.effect());
    }

    private void run(Effect effect) {
        if (effect instanceof Effect.Connect connect) {
            actions.connect(connect.epoch())
                    .onComplete(
                            done -> fire(new Established(connect.epoch())),
                            failure -> fire(new AttemptFailed(connect.epoch(), failure, actions.mayPass(failure))));
        } else if (effect instanceof Effect.Schedule schedule) {
            // From the context, so that the timer fires on it.
            context.runOnContext(
                    ignored -> vertx.setTimer(schedule.delay().toMillis(), id -> fire(new RetryDue(schedule.epoch()))));
        } else if (effect instanceof Effect.Disconnect disconnect) {
            actions.disconnect(disconnect.epoch()).onComplete(ignored -> fire(new Disconnected()));
        } else if (effect instanceof Effect.Discard discard) {
            actions.disconnect(discard.epoch());
        }
    }
}
