package dev.busbar.broker.amqp10;

import io.vertx.core.internal.ContextInternal;
import io.vertx.proton.ProtonSession;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.qpid.proton.amqp.UnsignedInteger;
import org.apache.qpid.proton.amqp.transport.Begin;
import org.apache.qpid.proton.amqp.transport.End;
import org.apache.qpid.proton.amqp.transport.Flow;
import org.apache.qpid.proton.engine.impl.ProtocolTracer;
import org.apache.qpid.proton.framing.TransportFrame;

/**
 * Knows in which sessions of a connection the broker takes no transfers at present, because it has set its incoming
 * window to 0 (AMQP 1.0, part 2, section 2.5.6). RabbitMQ 4 does so in every session while memory or disk are short,
 * and takes no credit back from links. The engine heeds the window and tells nobody, so that this class looks at the
 * frames. Confined to the event loop.
 */
final class SessionWindows implements ProtocolTracer {

    private final ContextInternal context;
    /**
     * The channel numbers of the closed sessions, as the broker has given them; the observers are kept by the same
     * numbers.
     */
    private final Set<Integer> closedChannels = new HashSet<>();

    private final Map<Integer, Runnable> observers = new HashMap<>();
    private volatile boolean anyClosed;
    private long framesReceived;

    SessionWindows(ContextInternal context) {
        this.context = context;
    }

    /** Whether the broker takes no transfers in this session. */
    boolean isClosed(ProtonSession session) {
        return closedChannels.contains(ProtonEngine.remoteChannel(session));
    }

    /**
     * Returns why the broker takes nothing, if it takes nothing in at least one session; {@code null} if it takes all.
     * From any thread.
     */
    String obstacle() {
        return anyClosed
                ? "the broker takes nothing at present, as RabbitMQ does while memory or disk are short (its incoming"
                        + " window is closed)"
                : null;
    }

    /**
     * Sets the observer of a session's window, in place of an earlier one.
     *
     * @param observer called whenever the window has been closed or opened
     */
    void observe(ProtonSession session, Runnable observer) {
        observers.put(ProtonEngine.remoteChannel(session), observer);
    }

    /** Returns how many frames have come so far, without those that only keep the connection alive. */
    long framesReceived() {
        return framesReceived;
    }

    @Override
    public void receivedFrame(TransportFrame frame) {
        framesReceived++;
        var body = frame.getBody();
        if (body instanceof Flow flow) {
            windowIs(frame.getChannel(), flow.getIncomingWindow());
        } else if (body instanceof Begin begin) {
            windowIs(frame.getChannel(), begin.getIncomingWindow());
        } else if (body instanceof End) {
            observers.remove(frame.getChannel());
            windowIs(frame.getChannel(), UnsignedInteger.ONE);
        }
    }

    private void windowIs(int channel, UnsignedInteger window) {
        var changed = window.intValue() == 0 ? closedChannels.add(channel) : closedChannels.remove(channel);
        if (changed) {
            anyClosed = !closedChannels.isEmpty();
            // Runs after the engine has processed the frame too.
            context.runOnContext(ignored -> notifyObserver(channel));
        }
    }

    private void notifyObserver(int channel) {
        var observer = observers.get(channel);
        if (observer != null) {
            observer.run();
        }
    }

    @Override
    public void sentFrame(TransportFrame frame) {}
}
