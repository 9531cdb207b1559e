package dev.busbar.config;

/** How an inbound route hands a message to the event bus, and with that when the delivery is settled. */
public enum DeliveryMode {
    /** The message goes to every handler of the address; the delivery is settled at once. */
    PUBLISH,
    /** The message goes to one handler of the address; the delivery is settled at once. */
    SEND,
    /** The message goes to one handler of the address; the delivery is settled when it has replied: at least once. */
    REQUEST
}
