/**
 * Internal: writes the log: one line for each message, however often something goes wrong, and whatever outsiders put
 * into it.
 *
 * <p>Threads: from any thread, except where a class says otherwise.
 *
 * <p>Imports {@code text} only; every package may import it.
 */
package dev.busbar.log;
