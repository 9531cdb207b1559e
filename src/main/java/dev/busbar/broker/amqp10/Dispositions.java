package dev.busbar.broker.amqp10;

import io.vertx.proton.ProtonDelivery;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import org.apache.qpid.proton.amqp.UnsignedInteger;
import org.apache.qpid.proton.amqp.transport.DeliveryState;
import org.apache.qpid.proton.amqp.transport.Disposition;
import org.apache.qpid.proton.amqp.transport.FrameBody;
import org.apache.qpid.proton.amqp.transport.Role;
import org.apache.qpid.proton.codec.ReadableBuffer;
import org.apache.qpid.proton.engine.impl.DeliveryImpl;
import org.apache.qpid.proton.engine.impl.SessionImpl;
import org.apache.qpid.proton.engine.impl.TransportDelivery;
import org.apache.qpid.proton.engine.impl.TransportImpl;

/**
 * Gathers settlements of one session, and writes one {@code disposition} frame for each run of deliveries that follow
 * one another and have the same outcome (AMQP 1.0, part 2, section 2.7.6). The engine would write a frame for each
 * delivery, which costs the broker more than the delivery itself.
 */
final class Dispositions {

    private static final MethodHandle CHANNEL;
    private static final MethodHandle TRANSPORT_DELIVERY;
    private static final MethodHandle SETTLED_BY_BOTH;
    private static final MethodHandle WRITE;

    static {
        try {
            var lookup = MethodHandles.privateLookupIn(DeliveryImpl.class, MethodHandles.lookup());
            var session = Class.forName("org.apache.qpid.proton.engine.impl.TransportSession");
            CHANNEL = MethodHandles.filterReturnValue(
                    lookup.findVirtual(SessionImpl.class, "getTransportSession", MethodType.methodType(session)),
                    lookup.findVirtual(session, "getLocalChannel", MethodType.methodType(int.class)));
            TRANSPORT_DELIVERY = lookup.findVirtual(
                    DeliveryImpl.class, "getTransportDelivery", MethodType.methodType(TransportDelivery.class));
            SETTLED_BY_BOTH = lookup.findVirtual(
                    DeliveryImpl.class, "setRemoteSettled", MethodType.methodType(void.class, boolean.class));
            WRITE = lookup.findVirtual(
                    TransportImpl.class,
                    "writeFrame",
                    MethodType.methodType(
                            void.class, int.class, FrameBody.class, ReadableBuffer.class, Runnable.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private record Settled(DeliveryImpl delivery, DeliveryState state) {}

    private final List<Settled> settled = new ArrayList<>();

    int count() {
        return settled.size();
    }

    void add(ProtonDelivery delivery, DeliveryState state) {
        settled.add(new Settled((DeliveryImpl) ProtonEngine.of(delivery), state));
    }

    /**
     * Adds every delivery that has been received whole. A delivery that has been added before keeps the earlier state.
     */
    void addUnsettled(WholeReceiver receiver, DeliveryState state) {
        for (var each = receiver.head(); each != null; each = each.next()) {
            if (!each.isPartial()) {
                settled.add(new Settled(each, state));
            }
        }
    }

    /** Hands the frames to the engine, which sends them with its next flush; drops them if the session has ended. */
    void write() {
        Disposition run = null;
        DeliveryImpl last = null;
        for (var each : settled) {
            var delivery = each.delivery;
            if (!delivery.isSettled()) {
                var id = settle(delivery);
                if (run != null
                        && run.getState() == each.state
                        && id.equals(run.getLast().add(UnsignedInteger.ONE))) {
                    run.setLast(id);
                } else {
                    write(run, last);
                    run = begin(id, each.state);
                }
                last = delivery;
            }
        }
        write(run, last);
        settled.clear();
    }

    private static Disposition begin(UnsignedInteger id, DeliveryState state) {
        var run = new Disposition();
        run.setRole(Role.RECEIVER);
        run.setFirst(id);
        run.setLast(id);
        run.setSettled(true);
        run.setState(state);
        return run;
    }

    /** Settles a delivery for both sides: the engine forgets such a delivery, and writes no frame for it. */
    private static UnsignedInteger settle(DeliveryImpl delivery) {
        try {
            var id = ((TransportDelivery) TRANSPORT_DELIVERY.invokeExact(delivery)).getDeliveryId();
            SETTLED_BY_BOTH.invokeExact(delivery, true);
            delivery.settle();
            return id;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static void write(Disposition run, DeliveryImpl last) {
        if (run == null) {
            return;
        }
        var session = last.getLink().getSession();
        var transport = session.getConnection().getTransport();
        FrameBody frame = run;
        ReadableBuffer payload = null;
        Runnable tooLarge = null;
        try {
            var channel = (int) CHANNEL.invokeExact(session);
            if (channel >= 0) {
                WRITE.invokeExact(transport, channel, frame, payload, tooLarge);
            }
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static RuntimeException unexpected(Throwable failure) {
        return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
    }
}
