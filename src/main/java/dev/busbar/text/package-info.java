/**
 * Internal: cleans text that comes from elsewhere before a person sees it: names, keys, headers and error messages of
 * brokers, clients and browsers must not steer a terminal or forge lines of a log. Says in words which library is
 * missing.
 *
 * <p>Threads: from any thread.
 *
 * <p>Imports nothing else of Busbar; every package may import it.
 */
package dev.busbar.text;
