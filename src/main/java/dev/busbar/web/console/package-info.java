/**
 * Internal: serves the console: the files of {@code webroot}, and the libraries that they use, out of the WebJars on
 * the class path. A content security policy lets the pages load nothing from elsewhere and run only scripts that are
 * files.
 *
 * <p>Threads: one console serves all event loops; each file is read once, on a worker, and kept.
 *
 * <p>Imports nothing else of Busbar.
 */
package dev.busbar.web.console;
