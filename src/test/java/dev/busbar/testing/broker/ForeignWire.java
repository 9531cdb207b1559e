package dev.busbar.testing.broker;

import dev.busbar.codec.BridgeMessage;

/** Connects foreign clients that publish and consume all the time to a broker, again and again while it fails. */
public interface ForeignWire {

    /** Handles a message, which is settled when the method returns. */
    interface Consumer {
        void take(Admin.Taken message);
    }

    /**
     * Connects to the broker.
     *
     * @throws Exception if the broker is not there
     */
    Link connect(String name) throws Exception;

    /** Holds a connection. Its calls block, and throw when it is lost. Publishing is for one thread. */
    interface Link extends AutoCloseable {

        /**
         * Publishes a message.
         *
         * @param confirmed run when the broker has confirmed the message, in another thread
         */
        void publish(BridgeMessage message, Runnable confirmed) throws Exception;

        /** Consumes a queue; returns, or throws, when the connection is lost. */
        void consume(String queue, int prefetch, Consumer consumer) throws Exception;

        boolean isOpen();

        /** Closes the connection at once. May be called from any thread. */
        @Override
        void close();
    }
}
