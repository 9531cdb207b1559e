package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Envelope;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.rabbitmq.RabbitMQMessage;

/** Holds a message from the broker. Its delivery tag is unique over all connections of the client that received it. */
record ReceivedMessage(
        Buffer body, String consumerTag, Envelope envelope, AMQP.BasicProperties properties, Integer messageCount)
        implements RabbitMQMessage {

    static ReceivedMessage of(
            byte[] body, String consumerTag, Envelope envelope, AMQP.BasicProperties properties, Integer count) {
        return new ReceivedMessage(
                BufferInternal.buffer(Unpooled.wrappedBuffer(body)), consumerTag, envelope, properties, count);
    }
}
