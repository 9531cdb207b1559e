/** Busbar joins the Vert.x event bus and AMQP brokers. Start at {@code dev.busbar.route.BridgeVerticle}. */
package dev.busbar;
