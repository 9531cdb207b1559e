/**
 * Internal: serves the console: the files of {@code webroot}, and the libraries they use out of the WebJars, from the
 * class path, under a content security policy that lets pages load nothing from elsewhere and run nothing that is not a
 * file.
 *
 * <p>Threads: for all event loops; files are read on a worker, once, and kept.
 *
 * <p>Imports nothing else of Busbar.
 */
package dev.busbar.web.console;
