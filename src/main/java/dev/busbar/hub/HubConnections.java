package dev.busbar.hub;

import dev.busbar.broker.BrokerConnection;
import io.vertx.core.Future;

/**
 * The two connections of a hub, both on its event loop. One is for publishing alone, because a broker that holds up
 * publishers stops reading their whole connection.
 */
public record HubConnections(BrokerConnection consuming, BrokerConnection publishing) {

    Future<Void> connect() {
        return Future.join(consuming.connect(), publishing.connect()).mapEmpty();
    }

    Future<Void> close() {
        return Future.join(consuming.close(), publishing.close()).mapEmpty();
    }
}
