/**
 * The promises under faults: brokers and bridges killed, held, cut off and flooded while every message is numbered. No
 * broker here is a mock.
 */
package dev.busbar.faults;
