package dev.busbar.testing;

import java.util.stream.Stream;

/**
 * Knows the threads of the brokers that run in this JVM, by name: they come and go with what a broker has to do, also
 * one that another test class has started.
 */
public final class BrokerThreads {

    private BrokerThreads() {}

    public static boolean include(String thread) {
        return Stream.of("Housekeeping", "IO-", "virtualhost-", "VirtualHost", "Broker-", "derby.")
                        .anyMatch(thread::startsWith)
                || Stream.of("activemq", "ActiveMQ", "globalEventExecutor", "ForkJoinPool.commonPool")
                        .anyMatch(thread::contains);
    }
}
