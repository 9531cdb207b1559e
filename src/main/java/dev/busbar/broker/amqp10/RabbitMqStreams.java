package dev.busbar.broker.amqp10;

import dev.busbar.broker.RabbitMqArguments;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.UnsignedLong;

/** Says where reading a stream of RabbitMQ begins: an argument of the consumer in 0-9-1, and a filter in 1.0. */
final class RabbitMqStreams {

    static final String OFFSET_ARGUMENT = RabbitMqArguments.STREAM_OFFSET;
    static final Symbol OFFSET_FILTER = Symbol.valueOf("rabbitmq:stream-offset-spec");

    private RabbitMqStreams() {}

    /**
     * Returns the value of the filter for an argument.
     *
     * @param argument {@code first}, {@code last}, {@code next} or an interval as text, or a number
     */
    static Object offset(Object argument) {
        return argument instanceof Number number ? UnsignedLong.valueOf(number.longValue()) : argument;
    }
}
