/**
 * What tests need from outside the JVM: RabbitMQ nodes of their own, and whether a program is installed. Everything
 * blocks; everything started here ends with the test JVM. Imports nothing of Busbar.
 */
package dev.busbar.testing;
