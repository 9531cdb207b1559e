/**
 * The configuration: immutable records validated in their constructors, and their loading from YAML or JSON with every
 * problem collected. Pure values: no threads, no callbacks; {@link dev.busbar.config.ConfigLoader#load} reads a file
 * and so blocks. Imports {@code dev.busbar.topic} only.
 */
package dev.busbar.config;
