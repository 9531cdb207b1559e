package dev.busbar.broker;

import dev.busbar.codec.BridgeMessage;

/** How foreign clients that publish and consume all the time reach a broker, again and again while it fails. */
public interface ForeignWire {

    /** What is done with a message; it is settled when this returns. */
    interface Consumer {
        void take(Admin.Taken message);
    }

    /** @throws Exception if it is not there */
    Link connect(String name) throws Exception;

    /** A connection; its calls block, and throw when it is lost. Publishing is for one thread. */
    interface Link extends AutoCloseable {

        /** @param confirmed run when the broker has it, in another thread */
        void publish(BridgeMessage message, Runnable confirmed) throws Exception;

        /** Returns, or throws, when the connection is lost. */
        void consume(String queue, int prefetch, Consumer consumer) throws Exception;

        boolean isOpen();

        /** At once, from any thread. */
        @Override
        void close();
    }
}
