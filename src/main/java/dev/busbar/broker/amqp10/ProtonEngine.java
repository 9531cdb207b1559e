package dev.busbar.broker.amqp10;

import io.vertx.proton.ProtonConnection;
import io.vertx.proton.ProtonDelivery;
import io.vertx.proton.ProtonLink;
import io.vertx.proton.ProtonSession;
import io.vertx.proton.impl.ProtonConnectionImpl;
import io.vertx.proton.impl.ProtonDeliveryImpl;
import io.vertx.proton.impl.ProtonReceiverImpl;
import io.vertx.proton.impl.ProtonSessionImpl;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.EnumSet;
import org.apache.qpid.proton.engine.Connection;
import org.apache.qpid.proton.engine.Delivery;
import org.apache.qpid.proton.engine.EndpointState;
import org.apache.qpid.proton.engine.Session;
import org.apache.qpid.proton.engine.impl.ProtocolTracer;
import org.apache.qpid.proton.engine.impl.SessionImpl;
import org.apache.qpid.proton.engine.impl.TransportImpl;

/** Reaches the objects of the proton-j engine below those of vertx-proton, which does not show them. */
final class ProtonEngine {

    private static final VarHandle SESSION = field(ProtonSessionImpl.class, "session", Session.class);
    private static final VarHandle DELIVERY = field(ProtonDeliveryImpl.class, "delivery", Delivery.class);
    private static final VarHandle CONNECTION = field(ProtonConnectionImpl.class, "connection", Connection.class);
    private static final MethodHandle REMOTE_CHANNEL = remoteChannel();
    private static final MethodHandle CHECK_DRAINED =
            method(ProtonReceiverImpl.class, "processForDrainCompletion", MethodType.methodType(void.class));
    private static final EnumSet<EndpointState> OURS = EnumSet.of(EndpointState.ACTIVE);
    private static final EnumSet<EndpointState> ANY = EnumSet.allOf(EndpointState.class);

    private ProtonEngine() {}

    private static VarHandle field(Class<?> owner, String name, Class<?> type) {
        try {
            return MethodHandles.privateLookupIn(owner, MethodHandles.lookup()).findVarHandle(owner, name, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static MethodHandle method(Class<?> owner, String name, MethodType type) {
        try {
            return MethodHandles.privateLookupIn(owner, MethodHandles.lookup()).findVirtual(owner, name, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static MethodHandle remoteChannel() {
        try {
            var type = Class.forName("org.apache.qpid.proton.engine.impl.TransportSession");
            return MethodHandles.filterReturnValue(
                    method(SessionImpl.class, "getTransportSession", MethodType.methodType(type)),
                    MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                            .findVirtual(type, "getRemoteChannel", MethodType.methodType(int.class)));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    static Session of(ProtonSession session) {
        return (Session) SESSION.get((ProtonSessionImpl) session);
    }

    static Delivery of(ProtonDelivery delivery) {
        return (Delivery) DELIVERY.get((ProtonDeliveryImpl) delivery);
    }

    /** Makes a draining receiver notice that a message has used up its credit. */
    static void checkDrained(ProtonReceiverImpl receiver) {
        try {
            CHECK_DRAINED.invokeExact(receiver);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Has the tracer told of every frame from now on, before the engine processes the frame. */
    static void trace(ProtonConnection connection, ProtocolTracer tracer) {
        var engine = (Connection) CONNECTION.get((ProtonConnectionImpl) connection);
        ((TransportImpl) engine.getTransport()).setProtocolTracer(tracer);
    }

    /** Returns the channel number that the broker has given a session; -1 if it has given none. */
    static int remoteChannel(ProtonSession session) {
        try {
            return (int) REMOTE_CHANNEL.invokeExact((SessionImpl) of(session));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes the pending frames of the link's connection to the socket. */
    static void flush(ProtonLink<?> link) {
        ((ProtonConnectionImpl) link.getSession().getConnection()).flush();
    }

    /**
     * Returns how many sessions the broker allows on the connection of a session; the engine itself would begin one
     * more.
     */
    static int channels(ProtonSession session) {
        return of(session).getConnection().getTransport().getRemoteChannelMax() + 1;
    }

    /** Returns how many sessions are open on the connection of a session. */
    static int openSessions(ProtonSession session) {
        var count = 0;
        for (var open = of(session).getConnection().sessionHead(OURS, ANY); open != null; open = open.next(OURS, ANY)) {
            count++;
        }
        return count;
    }
}
