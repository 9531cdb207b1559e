package dev.busbar.config;

/** How an inbound route hands a message to the event bus, and with that when the delivery is settled. */
public enum DeliveryMode {
    /** To every handler of the address; settled when the bus has taken it. */
    PUBLISH,
    /** To one handler of the address; settled when the bus has taken it. */
    SEND,
    /** To one handler of the address; settled when it has replied: at least once. */
    REQUEST
}
