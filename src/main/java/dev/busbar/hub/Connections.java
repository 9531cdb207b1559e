package dev.busbar.hub;

import dev.busbar.broker.BrokerConnection;

/**
 * The two connections of a hub, both on its event loop: a broker that holds up publishers stops reading their whole
 * connection.
 */
public record Connections(BrokerConnection consuming, BrokerConnection publishing) {}
