/**
 * Defines what the bridge asks of a broker, whatever its protocol: a {@link dev.busbar.broker.BrokerConnection} that
 * subscribes and publishes, {@link dev.busbar.broker.Delivery deliveries} to settle, the states of connections and
 * subscriptions, and reconnecting as pure transitions of state. Public API: {@link dev.busbar.broker.BrokerException},
 * {@link dev.busbar.broker.ConnectionState}.
 *
 * <p>Threads: a connection belongs to the event loop of the Vert.x context it was opened on. Its methods are called
 * there, its callbacks and futures arrive there. A delivery may be settled from any thread.
 *
 * <p>Imports {@code config}, {@code codec} and {@code topic}. Transports live in packages below this one and are found
 * with {@link java.util.ServiceLoader}; nothing here names one.
 */
package dev.busbar.broker;
