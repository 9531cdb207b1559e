/**
 * Apache Qpid Broker-J inside this JVM, reached over the wire like any other broker. It starts and stops on Vert.x
 * worker threads and then runs on threads of its own; completions come back on the caller's context. Imports
 * {@code dev.busbar.broker} and {@code dev.busbar.config}; nobody imports this package, its provider is found as a
 * service. Public API: {@link dev.busbar.broker.embedded.EmbeddedBrokerException}.
 */
package dev.busbar.broker.embedded;
