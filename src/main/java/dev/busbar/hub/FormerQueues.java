package dev.busbar.hub;

import dev.busbar.log.CleanLogger;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
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
     * Looks for a queue, once in a Vert.x instance, and logs what to do if it exists.
     *
     * @param former the name in earlier versions
     * @param now the name of the queue that has taken its place
     * @return completes when the broker has answered; never fails
     */
    public static Future<Void> report(Hub hub, String former, String now) {
        if (!isFirst(hub.vertx(), now)) {
            return Future.succeededFuture();
        }
        return hub.withConnections(broker -> broker.consuming().depth(former))
                .onSuccess(depth -> LOG.warn(
                        "queue '{}' is of an earlier version of Busbar, whose queues did not tell their exchange. '{}' has"
                                + " taken its place. {} messages wait in it, and it goes on collecting. {}Move the messages"
                                + " that are for this Busbar to the new queue, and delete the old one",
                        former,
                        now,
                        depth.messages(),
                        depth.consumers() == 0
                                ? "Nobody consumes it. "
                                : "Something consumes it: a Busbar of that version, which has to be stopped first. "))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    private static boolean isFirst(Vertx vertx, String queue) {
        return vertx.sharedData().<String, Boolean>getLocalMap(LOOKED_FOR_MAP).putIfAbsent(queue, true) == null;
    }
}
