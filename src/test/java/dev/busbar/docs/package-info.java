/**
 * The documentation as a new user meets it: the README, the guide and the pages beside the configurations. Every
 * example is found and run, or it says why not; every link, command, option, key and test that a page names exists.
 *
 * <p>A {@link dev.busbar.docs.Block} is an example in a fence that names its language, which decides how it is run.
 * What stands above it in comments is for the tests: {@code <!-- prints: TEXT -->} is what it has to print, and
 * {@code <!-- not run: REASON -->} says why it cannot be run.
 */
package dev.busbar.docs;
