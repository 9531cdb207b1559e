/**
 * What the bridge asks of a broker, whatever protocol it speaks: a {@link dev.busbar.broker.BrokerConnection} that
 * subscribes and publishes, {@link dev.busbar.broker.Delivery deliveries} that are settled, states that tell the truth,
 * and reconnecting as pure transitions of state. Public API: {@link dev.busbar.broker.BrokerException},
 * {@link dev.busbar.broker.ConnectionState}.
 *
 * <p>Threads: a connection belongs to the event loop of the Vert.x context it was opened on. Its methods are called
 * there, its callbacks and futures arrive there. A delivery may be settled from any thread.
 *
 * <p>Imports {@code config}, {@code codec} and {@code topic}. Transports live in packages below this one and are found
 * with {@link java.util.ServiceLoader}; nothing here names one.
 */
package dev.busbar.broker;
