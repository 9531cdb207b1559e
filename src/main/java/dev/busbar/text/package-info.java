/**
 * Cleans text that comes from elsewhere before a person sees it: names, keys, headers and error messages of brokers,
 * clients and browsers must not steer a terminal or forge lines of a log.
 *
 * <p>Threads: from any thread.
 *
 * <p>Imports nothing else of Busbar; every package may import it.
 */
package dev.busbar.text;
