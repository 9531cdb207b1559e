package dev.busbar.config;

/** The kind of broker, which decides how exchanges and queues are used over AMQP 1.0. */
public enum BrokerDialect {
    /** The kind that the broker names when the connection opens. */
    AUTO,
    /** Apache Qpid Broker-J. */
    QPID,
    /** RabbitMQ 3 with the plugin {@code rabbitmq_amqp1_0}. */
    RABBITMQ,
    /** RabbitMQ 4 and later. */
    RABBITMQ4,
    /** Apache ActiveMQ Artemis. */
    ARTEMIS,
    /** Whatever speaks AMQP 1.0: queues and topics are used by their addresses, and nothing is declared. */
    PLAIN
}
