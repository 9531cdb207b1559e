package dev.busbar.hub;

import dev.busbar.broker.BrokerException;
import dev.busbar.log.CleanLogger;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;
import org.slf4j.Logger;

/**
 * Reports queues of earlier versions, whose names did not tell the exchange, so that two Busbars on one virtual host
 * shared them. Nobody reads such a queue any more, but it stays bound and goes on collecting. It is left as it is,
 * because another Busbar may still use it.
 */
public final class FormerQueues {

    private static final Logger LOG = CleanLogger.of(FormerQueues.class);
    private static final String LOOKED_FOR_MAP = "dev.busbar.former-queues";

    private FormerQueues() {}

    /**
     * Looks for a bound queue, once in a Vert.x instance, and logs what to do if it exists.
     *
     * @param former the name in earlier versions
     * @param now the name of the queue that has taken its place
     * @return completes when the broker has answered; never fails
     */
    public static Future<Void> report(Hub hub, String former, String now) {
        return report(hub, former, now, " wait in it, and it goes on collecting.");
    }

    /** Looks for a queue into which messages were parked, likewise. It is bound to nothing. */
    public static Future<Void> reportParking(Hub hub, String former, String now) {
        return report(hub, former, now, " have been parked in it.");
    }

    private static Future<Void> report(Hub hub, String former, String now, String waiting) {
        if (!isFirst(hub.vertx(), now)) {
            return Future.succeededFuture();
        }
        return hub.withConnections(broker -> broker.consuming().depth(former))
                .onSuccess(depth -> LOG.warn(
                        "queue '{}' is of an earlier version of Busbar, whose queues did not tell their exchange. '{}' has"
                                + " taken its place. {} messages{} {}Move the messages that are for this Busbar to the new"
                                + " queue, and delete the old one",
                        former,
                        now,
                        depth.messages(),
                        waiting,
                        depth.consumers() == 0
                                ? "Nobody consumes it. "
                                : "Something consumes it: a Busbar of that version, which has to be stopped first. "))
                .onFailure(failure -> {
                    if (!(failure instanceof BrokerException known)
                            || known.kind().mayPass()) {
                        // Nobody knows yet whether it exists: to be looked for the next time.
                        lookedFor(hub.vertx()).remove(now);
                    }
                })
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    private static boolean isFirst(Vertx vertx, String queue) {
        return lookedFor(vertx).putIfAbsent(queue, true) == null;
    }

    private static LocalMap<String, Boolean> lookedFor(Vertx vertx) {
        return vertx.sharedData().getLocalMap(LOOKED_FOR_MAP);
    }
}
