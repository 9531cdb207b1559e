package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.Connection;
import io.netty.channel.Channel;

/** A connection and the socket under it, and what gathers the frames written to that. */
record OpenedConnection(Connection amqp, Channel socket, FrameGatherer gatherer) {}
