package dev.busbar.broker.rabbitmq;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a test that shows what differs on purpose from vertx-rabbitmq-client, as {@link EventLoopRabbitMQClient} says.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Differs {

    /** Returns the first cell of the table's row, as a reader sees it. */
    String value();
}
