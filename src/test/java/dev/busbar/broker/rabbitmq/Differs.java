package dev.busbar.broker.rabbitmq;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On a test that shows what differs on purpose from vertx-rabbitmq-client, as {@link EventLoopRabbitMQClient} says. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Differs {

    /** The first cell of the row, as a reader sees it. */
    String value();
}
