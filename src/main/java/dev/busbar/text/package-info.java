/**
 * Prepares text for a person: makes names, keys, headers and error messages of brokers, clients and browsers harmless,
 * so that they cannot control a terminal or forge log lines; marks exceptions whose message is written for a person;
 * says which library is missing. Public API: {@link dev.busbar.text.UserFacingFailure}.
 *
 * <p>Threads: from any thread.
 *
 * <p>Imports nothing else of Busbar; every package may import it.
 */
package dev.busbar.text;
