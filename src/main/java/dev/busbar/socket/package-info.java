/**
 * Internal: what sockets of every protocol have in common: a {@link dev.busbar.socket.Turn} gathers what goes to each,
 * so that it is written at once, and {@link dev.busbar.socket.WebSocketFrames} encodes for many what is the same for
 * all.
 *
 * <p>Threads: a turn belongs to one event loop.
 *
 * <p>Imports nothing of Busbar.
 */
package dev.busbar.socket;
