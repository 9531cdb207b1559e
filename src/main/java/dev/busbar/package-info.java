/**
 * Joins the Vert.x event bus and AMQP brokers: start at {@link dev.busbar.route.BridgeVerticle}. Public API:
 * {@link dev.busbar.Internal}.
 *
 * <p>The description of each package begins with the classes that are for applications, or says that it is internal.
 */
package dev.busbar;
