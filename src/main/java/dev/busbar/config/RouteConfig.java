package dev.busbar.config;

/** A route between the broker and an event bus address, in one direction. */
public sealed interface RouteConfig permits InboundRoute, OutboundRoute {

    /** Unique among the routes. */
    String name();

    /** The name of the broker, one of {@code brokers}; {@code null} for the top-level one. */
    String broker();

    ExchangeConfig exchange();

    /** The event bus address the route feeds or listens on. */
    String address();
}
