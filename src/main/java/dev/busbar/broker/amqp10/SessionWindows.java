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
 * Knows in which sessions of a connection the broker takes no transfers at present: where it has said that its incoming
 * window is 0 (AMQP 1.0, part 2, section 2.5.6). RabbitMQ 4 says so to every session while memory or disk are short,
 * and takes no credit back from links. The engine heeds it and tells nobody, so this looks at the frames. Confined to
 * the event loop.
 */
final class SessionWindows implements ProtocolTracer {

    private final ContextInternal context;
    /** By the broker's numbers of the sessions, as are the observers. */
    private final Set<Integer> closed = new HashSet<>();

    private final Map<Integer, Runnable> observers = new HashMap<>();
    private volatile boolean anyClosed;
    private long heard;

    SessionWindows(ContextInternal context) {
        this.context = context;
        this.heard = System.nanoTime();
    }

    boolean isClosed(ProtonSession session) {
        return closed.contains(Engine.remoteChannel(session));
    }

    /**
     * Why the broker takes nothing, as far as it takes nothing in any session; {@code null} if it takes all. From any
     * thread.
     */
    String obstacle() {
        return anyClosed
                ? "the broker takes nothing at present, as RabbitMQ does while memory or disk are short (its incoming"
                        + " window is closed)"
                : null;
    }

    /** @param observer of this session's window: called whenever it has been closed or opened; the last one counts */
    void observe(ProtonSession session, Runnable observer) {
        observers.put(Engine.remoteChannel(session), observer);
    }

    /** Whether a frame has come since, other than those that only keep the connection alive. */
    boolean heardSince(long nanoTime) {
        return heard - nanoTime > 0;
    }

    @Override
    public void receivedFrame(TransportFrame frame) {
        heard = System.nanoTime();
        var body = frame.getBody();
        if (body instanceof Flow flow) {
            said(frame.getChannel(), flow.getIncomingWindow());
        } else if (body instanceof Begin begin) {
            said(frame.getChannel(), begin.getIncomingWindow());
        } else if (body instanceof End) {
            observers.remove(frame.getChannel());
            said(frame.getChannel(), UnsignedInteger.ONE);
        }
    }

    private void said(int channel, UnsignedInteger window) {
        var changed = window.intValue() == 0 ? closed.add(channel) : closed.remove(channel);
        if (changed) {
            anyClosed = !closed.isEmpty();
            // Once the engine knows it too.
            context.runOnContext(ignored -> tell(channel));
        }
    }

    private void tell(int channel) {
        var observer = observers.get(channel);
        if (observer != null) {
            observer.run();
        }
    }

    @Override
    public void sentFrame(TransportFrame frame) {}
}
