package dev.busbar.config;

import java.time.Duration;

/** Pauses that double from {@code initial} up to {@code max}. */
public record Backoff(Duration initial, Duration max) {}
