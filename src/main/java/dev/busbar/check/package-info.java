/**
 * Internal: compares a configuration with the brokers that it names, and changes nothing there:
 * {@link dev.busbar.check.NeededObjects} lists what the configuration needs, {@link dev.busbar.check.BrokerCheck} looks
 * at it, and a {@link dev.busbar.check.Finding} says what is there.
 *
 * <p>Threads: a check runs on the event loop of its connection.
 */
package dev.busbar.check;
