package dev.busbar.broker.amqp10;

import io.vertx.proton.ProtonSession;
import io.vertx.proton.impl.ProtonSessionImpl;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.EnumSet;
import org.apache.qpid.proton.engine.EndpointState;
import org.apache.qpid.proton.engine.Session;

/** The engine below vertx-proton, which shows it nowhere. */
final class Engine {

    private static final VarHandle SESSION = session();
    private static final EnumSet<EndpointState> OURS = EnumSet.of(EndpointState.ACTIVE);
    private static final EnumSet<EndpointState> ANY = EnumSet.allOf(EndpointState.class);

    private Engine() {}

    private static VarHandle session() {
        try {
            return MethodHandles.privateLookupIn(ProtonSessionImpl.class, MethodHandles.lookup())
                    .findVarHandle(ProtonSessionImpl.class, "session", Session.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    static Session of(ProtonSession session) {
        return (Session) SESSION.get((ProtonSessionImpl) session);
    }

    /** How many sessions the broker allows this one's connection; the engine itself would send one more. */
    static int channels(ProtonSession session) {
        return of(session).getConnection().getTransport().getRemoteChannelMax() + 1;
    }

    /** How many sessions of this one's connection are open. */
    static int openSessions(ProtonSession session) {
        var count = 0;
        for (var open = of(session).getConnection().sessionHead(OURS, ANY); open != null; open = open.next(OURS, ANY)) {
            count++;
        }
        return count;
    }
}
