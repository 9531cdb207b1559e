package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.Connection;
import io.netty.channel.Channel;

/** Holds an open connection, the socket under it, and the gatherer of the frames written to that socket. */
record OpenedConnection(Connection amqp, Channel socket, FrameGatherer gatherer) {}
