package dev.busbar.config;

/**
 * The name of an exchange or a queue on one of several brokers.
 *
 * @param broker {@code null} for the top-level one
 */
record OnBroker(String broker, String name) {}
