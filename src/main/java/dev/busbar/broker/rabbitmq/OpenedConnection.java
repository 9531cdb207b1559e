package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.Connection;
import io.netty.channel.Channel;

/** A connection and the socket under it. */
record OpenedConnection(Connection amqp, Channel socket) {}
