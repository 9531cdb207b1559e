package dev.busbar.broker;

import dev.busbar.broker.ConnectionEvent.AttemptFailed;
import dev.busbar.broker.ConnectionEvent.CloseRequested;
import dev.busbar.broker.ConnectionEvent.Disconnected;
import dev.busbar.broker.ConnectionEvent.Established;
import dev.busbar.broker.ConnectionEvent.Lasted;
import dev.busbar.broker.ConnectionEvent.Lost;
import dev.busbar.broker.ConnectionEvent.OpenRequested;
import dev.busbar.broker.ConnectionEvent.RetryDue;
import dev.busbar.broker.ConnectionState.Closed;
import dev.busbar.broker.ConnectionState.Closing;
import dev.busbar.broker.ConnectionState.Connected;
import dev.busbar.broker.ConnectionState.Connecting;
import dev.busbar.broker.ConnectionState.Idle;
import dev.busbar.broker.ConnectionState.Waiting;
import dev.busbar.broker.ConnectionStep.Effect;
import java.time.Duration;

/**
 * Computes the life of a connection as a function of state and event. An event that the present state does not expect,
 * or of another epoch, changes nothing. A connection established too late is discarded.
 */
public final class ConnectionTransitions {

    private static final Effect NONE = new Effect.None();
    private static final Duration MIN_UPTIME = Duration.ofSeconds(5);

    private final ReconnectPolicy policy;

    public ConnectionTransitions(ReconnectPolicy policy) {
        this.policy = policy;
    }

    /** Returns the next state, and the effect to run, for an event in a state. */
    public ConnectionStep next(ConnectionState state, ConnectionEvent event) {
        if (event instanceof OpenRequested) {
            return open(state);
        } else if (event instanceof Established established) {
            return established(state, established);
        } else if (event instanceof Lasted lasted) {
            return lasted(state, lasted);
        } else if (event instanceof AttemptFailed failed) {
            return failed(state, failed);
        } else if (event instanceof RetryDue due) {
            return retry(state, due);
        } else if (event instanceof Lost lost) {
            return lost(state, lost);
        } else if (event instanceof CloseRequested) {
            return close(state);
        } else {
            return disconnected(state, (Disconnected) event);
        }
    }

    private static ConnectionStep open(ConnectionState state) {
        return state instanceof Idle ? connect(1, 0) : unchanged(state);
    }

    private static ConnectionStep established(ConnectionState state, Established event) {
        if (state instanceof Connecting connecting && connecting.epoch() == event.epoch()) {
            return new ConnectionStep(
                    new Connected(event.epoch(), connecting.attempt()), new Effect.Prove(event.epoch(), MIN_UPTIME));
        }
        if (state instanceof Connected connected && connected.epoch() == event.epoch()) {
            return unchanged(state);
        }
        return new ConnectionStep(state, new Effect.Discard(event.epoch()));
    }

    private static ConnectionStep lasted(ConnectionState state, Lasted event) {
        return state instanceof Connected connected && connected.epoch() == event.epoch()
                ? new ConnectionStep(new Connected(event.epoch(), 0), NONE)
                : unchanged(state);
    }

    private ConnectionStep failed(ConnectionState state, AttemptFailed event) {
        if (!(state instanceof Connecting connecting) || connecting.epoch() != event.epoch()) {
            return unchanged(state);
        }
        return event.mayPass()
                ? waitOrGiveUp(connecting.epoch(), connecting.attempt(), event.cause())
                : closed(event.cause());
    }

    private static ConnectionStep retry(ConnectionState state, RetryDue event) {
        return state instanceof Waiting waiting && waiting.epoch() == event.epoch()
                ? connect(waiting.epoch() + 1, waiting.attempt() + 1)
                : unchanged(state);
    }

    /**
     * Waits before the first attempt after a loss too, briefly: all clients of a restarted broker lose it in one
     * instant.
     */
    private ConnectionStep lost(ConnectionState state, Lost event) {
        return state instanceof Connected connected && connected.epoch() == event.epoch()
                ? waitOrGiveUp(connected.epoch(), connected.attempt(), event.cause())
                : unchanged(state);
    }

    private static ConnectionStep close(ConnectionState state) {
        if (state instanceof Connected connected) {
            return closing(connected.epoch());
        } else if (state instanceof Connecting connecting) {
            return closing(connecting.epoch());
        } else if (state instanceof Waiting || state instanceof Idle) {
            return closed(null);
        } else {
            return unchanged(state);
        }
    }

    private static ConnectionStep disconnected(ConnectionState state, Disconnected event) {
        return state instanceof Closing ? closed(null) : unchanged(state);
    }

    private ConnectionStep waitOrGiveUp(long epoch, int attempt, Throwable cause) {
        if (!policy.allowsAnother(attempt)) {
            return closed(cause);
        }
        var delay = policy.delay(attempt + 1);
        return new ConnectionStep(new Waiting(epoch, attempt, delay, cause), new Effect.Schedule(epoch, delay));
    }

    private static ConnectionStep connect(long epoch, int attempt) {
        return new ConnectionStep(new Connecting(epoch, attempt), new Effect.Connect(epoch));
    }

    private static ConnectionStep closing(long epoch) {
        return new ConnectionStep(new Closing(epoch), new Effect.Disconnect(epoch));
    }

    private static ConnectionStep closed(Throwable cause) {
        return new ConnectionStep(new Closed(cause), NONE);
    }

    private static ConnectionStep unchanged(ConnectionState state) {
        return new ConnectionStep(state, NONE);
    }
}
