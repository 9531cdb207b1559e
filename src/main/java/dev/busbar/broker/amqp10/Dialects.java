package dev.busbar.broker.amqp10;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.config.BrokerConfig;
import dev.busbar.config.BrokerUri;
import java.util.Locale;

/** Chooses the dialect of a broker: the configured one, or the one for what the broker says of itself. */
final class Dialects {

    private static final Dialect QPID = new QpidDialect();
    private static final Dialect RABBITMQ_3 = new RabbitMq3Dialect();
    private static final Dialect RABBITMQ_4 = new RabbitMq4Dialect();
    private static final Dialect PLAIN = new PlainDialect();

    /**
     * The dialect to open a second connection with, after a broker has accepted the login and hung up without saying
     * what it is: RabbitMQ 4 does so if the user may not use its default virtual host.
     */
    static final Dialect AFTER_HANG_UP = RABBITMQ_4;

    /** The dialect to open a connection with, before the broker has said what it is. */
    static final Dialect FIRST_GUESS = QPID;

    private Dialects() {}

    /** Returns the configured dialect, or {@code null} if the dialect is to be found out. */
    static Dialect configured(BrokerConfig config) {
        return switch (config.dialect()) {
            case QPID -> QPID;
            case RABBITMQ -> RABBITMQ_3;
            case RABBITMQ4 -> RABBITMQ_4;
            case ARTEMIS -> new ArtemisDialect();
            case PLAIN -> PLAIN;
            case AUTO -> null;
        };
    }

    /** Returns the dialect for what a broker says of itself, or {@code null} if its product is unknown. */
    static Dialect of(PeerTraits traits) {
        var product = traits.product().toLowerCase(Locale.ROOT);
        if (product.contains("router")) {
            // Of Qpid's family, and without exchanges and queues.
            return null;
        } else if (traits.isBrokerJ() || product.contains("qpid") || product.contains("broker-j")) {
            return QPID;
        } else if (product.contains("artemis")) {
            return new ArtemisDialect();
        }
        if (product.equals("rabbitmq")) {
            return traits.majorVersion() < 4 ? RABBITMQ_3 : RABBITMQ_4;
        }
        return null;
    }

    /** Returns the failure for a broker whose product is unknown. */
    static BrokerException unknown(PeerTraits traits, BrokerUri uri) {
        return new BrokerException(
                Kind.REFUSED,
                "the broker at " + uri.hostAndPort() + " says it is " + traits.describe()
                        + ", of which it is not known how exchanges and queues are declared there. Set broker.dialect to"
                        + " plain, to use the queues and topics that exist there by their addresses; or, if it is one of"
                        + " these under another name, to qpid, rabbitmq, rabbitmq4 or artemis");
    }
}
