package dev.busbar.config;

/** Where messages wait while the broker is away: bounded in count and in bytes of their encoded bodies. */
public record BufferConfig(int messages, long bytes, WhenFull whenFull) {}
