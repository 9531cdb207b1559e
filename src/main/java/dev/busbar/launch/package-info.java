/**
 * Runs Busbar from the command line: {@link dev.busbar.launch.Main} is the entry point, and each command is a class.
 * Commands run on the main thread, which waits for futures; what they start runs on event loops. This is the only
 * package that may name concrete transports. It may import all other packages. Public API:
 * {@link dev.busbar.launch.Main}.
 */
package dev.busbar.launch;
