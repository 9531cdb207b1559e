package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.AMQP;
import io.vertx.core.buffer.Buffer;

/**
 * Holds a mandatory message that no queue took, as {@code basic.return} brings it back.
 *
 * @param replyCode 312 when there was no route (AMQP 0-9-1 section 1.2)
 * @param replyText the broker's words
 * @param exchange to which it was published
 * @param routingKey with which it was published
 * @param properties those of the message
 * @param body the content
 */
public record ReturnedMessage(
        int replyCode,
        String replyText,
        String exchange,
        String routingKey,
        AMQP.BasicProperties properties,
        Buffer body) {}
