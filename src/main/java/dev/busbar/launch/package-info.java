/**
 * The command line: one class for each command, {@link dev.busbar.launch.Main} to enter by. Commands run on the main
 * thread, which waits for futures; whatever they start runs on event loops. The only package that may name concrete
 * transports, and may import everything. Public API: {@link dev.busbar.launch.Main}.
 */
package dev.busbar.launch;
