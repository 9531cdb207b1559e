/**
 * The promises under faults: brokers and bridges killed, held, cut off and flooded while every message is numbered. No
 * broker here is a mock; each is a process of its own.
 */
package dev.busbar.faults;
