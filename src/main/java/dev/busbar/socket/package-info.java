/**
 * Internal: what WAMP's and SockJS' sockets have in common: {@link dev.busbar.socket.FlushScheduler} gathers what goes
 * to each socket, so that it is written at once, {@link dev.busbar.socket.WebSocketFrames} encodes for many clients
 * what is the same for all, {@link dev.busbar.socket.WebSocketInput} checks what clients send, and
 * {@link dev.busbar.socket.InFlightLimit} bounds what a client has in flight.
 *
 * <p>Threads: a flush scheduler, its writers and an in-flight limit belong to one event loop.
 *
 * <p>Imports nothing of Busbar.
 */
package dev.busbar.socket;
