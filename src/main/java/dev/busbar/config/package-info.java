/**
 * The configuration: immutable records that check themselves in their constructors, and a loader from YAML and JSON
 * that reports all problems at once. A record is a section, and each of its components is a key: what the key means,
 * its bounds and its default stand at the component, and from there come reading, checks, writing and the reference
 * page. Pure values: no threads, no callbacks; {@link dev.busbar.config.ConfigLoader#load} reads a file and so blocks.
 * Imports {@code dev.busbar.topic} only. Public API: {@link dev.busbar.config.BusbarConfig},
 * {@link dev.busbar.config.ConfigLoader}, {@link dev.busbar.config.InvalidConfigException},
 * {@link dev.busbar.config.LoadedConfig}, {@link dev.busbar.config.Problem}.
 */
package dev.busbar.config;
