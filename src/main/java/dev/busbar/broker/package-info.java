/**
 * What Busbar asks of a broker, whatever protocol it speaks; the packages below it answer. Callbacks and completions
 * run on the context of whoever called. Imports {@code dev.busbar.config}, {@code codec} and {@code topic}.
 */
package dev.busbar.broker;
