/**
 * Internal: writes the log. Each message is one line, whatever outsiders put into it, and repeated failures do not
 * flood the log.
 *
 * <p>Threads: from any thread, except where a class says otherwise.
 *
 * <p>Imports {@code text} only; every package may import it.
 */
package dev.busbar.log;
