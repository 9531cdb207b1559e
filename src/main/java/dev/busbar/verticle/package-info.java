/** Internal: what all verticles of Busbar share. */
package dev.busbar.verticle;
