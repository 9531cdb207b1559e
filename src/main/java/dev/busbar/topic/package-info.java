/**
 * Routing keys, filters and the index that matches one against many. Pure values: no threads, no I/O, imports nothing
 * of Busbar.
 */
package dev.busbar.topic;
