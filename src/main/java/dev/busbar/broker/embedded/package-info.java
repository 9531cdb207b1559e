/**
 * Runs Apache Qpid Broker-J inside this JVM. Busbar connects to it over TCP like to any other broker. It starts and
 * stops on Vert.x worker threads and then runs on threads of its own; futures complete on the caller's context. Imports
 * {@code dev.busbar.broker} and {@code dev.busbar.config}. Only {@code launch} imports this package; all others find
 * its provider as a service. Public API: {@link dev.busbar.broker.embedded.EmbeddedBrokerException}.
 */
package dev.busbar.broker.embedded;
