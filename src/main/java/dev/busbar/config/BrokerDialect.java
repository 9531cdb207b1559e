package dev.busbar.config;

/** How a broker shows exchanges and queues in AMQP 1.0, which does not have them. */
public enum BrokerDialect {
    /** As the broker says of itself when the connection opens. */
    AUTO,
    /** Apache Qpid Broker-J. */
    QPID,
    /** RabbitMQ 3 with the plugin {@code rabbitmq_amqp1_0}. */
    RABBITMQ,
    /** RabbitMQ 4 and later. */
    RABBITMQ4,
    /** Apache ActiveMQ Artemis. */
    ARTEMIS
}
