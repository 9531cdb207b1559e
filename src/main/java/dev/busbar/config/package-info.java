/**
 * The configuration: immutable records validated in their constructors, and their loading from YAML or JSON with every
 * problem collected. Pure values: no threads, no callbacks; {@link dev.busbar.config.ConfigLoader#load} reads a file
 * and so blocks. Imports {@code dev.busbar.topic} only. Public API: {@link dev.busbar.config.BusbarConfig},
 * {@link dev.busbar.config.ConfigLoader}, {@link dev.busbar.config.InvalidConfigException},
 * {@link dev.busbar.config.LoadedConfig}, {@link dev.busbar.config.Problem}.
 */
package dev.busbar.config;
