/** The brokers that tests run against, foreign clients of those brokers, and faults on the way to them. */
package dev.busbar.testing.broker;
