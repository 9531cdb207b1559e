package dev.busbar.broker;

/** Names something that the user of a connection has to be permitted. */
public sealed interface Permission {

    /** To declare an exchange: on RabbitMQ, to configure it. */
    record DeclareExchange(String exchange) implements Permission {
        @Override
        public String toString() {
            return "configure exchange '" + exchange + "'";
        }
    }

    /** To declare a queue: on RabbitMQ, to configure it. */
    record DeclareQueue(String queue) implements Permission {
        @Override
        public String toString() {
            return "configure queue '" + queue + "'";
        }
    }

    /** To publish to an exchange: on RabbitMQ, to write to it. */
    record Publish(String exchange) implements Permission {
        @Override
        public String toString() {
            return exchange.isEmpty()
                    ? "write to the default exchange, amq.default"
                    : "write to exchange '" + exchange + "'";
        }
    }

    /** To consume a queue: on RabbitMQ, to read from it. */
    record Consume(String queue) implements Permission {
        @Override
        public String toString() {
            return "read from queue '" + queue + "'";
        }
    }

    /**
     * To bind a queue to an exchange: on RabbitMQ, to write to the queue and to read from the exchange, and, if the
     * user has topic permissions there, to read by that key.
     */
    record Bind(String queue, String exchange, String key) implements Permission {
        @Override
        public String toString() {
            return "write to queue '" + queue + "' and read from exchange '" + exchange + "' by key '" + key + "'";
        }
    }
}
