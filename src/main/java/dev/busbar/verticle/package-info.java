/**
 * Internal: what all code of Busbar that runs on contexts of Vert.x shares: the start of verticles, and calls to other
 * contexts.
 */
package dev.busbar.verticle;
