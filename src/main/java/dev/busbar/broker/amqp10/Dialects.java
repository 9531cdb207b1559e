package dev.busbar.broker.amqp10;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.config.BrokerConfig;
import dev.busbar.config.BrokerUri;
import java.util.Locale;

/** Which dialect a broker speaks: as configured, or by what it says of itself. */
final class Dialects {

    private static final Dialect QPID = new QpidDialect();
    private static final Dialect RABBITMQ_3 = new RabbitMq3Dialect();
    private static final Dialect RABBITMQ_4 = new RabbitMq4Dialect();

    /** Who hangs up on a login that may not use its default virtual host, before it has said who it is. */
    static final Dialect HANGING_UP = RABBITMQ_4;

    /** What to open a connection with before the broker has said who it is. */
    static final Dialect COMMONEST = QPID;

    private Dialects() {}

    /** @return {@code null} if it is to be found out */
    static Dialect configured(BrokerConfig config) {
        return switch (config.dialect()) {
            case QPID -> QPID;
            case RABBITMQ -> RABBITMQ_3;
            case RABBITMQ4 -> RABBITMQ_4;
            case ARTEMIS -> new ArtemisDialect();
            case AUTO -> null;
        };
    }

    /** @return {@code null} if the broker is none of those known */
    static Dialect of(PeerTraits traits) {
        var product = traits.product().toLowerCase(Locale.ROOT);
        if (traits.isBrokerJ() || product.contains("qpid") || product.contains("broker-j")) {
            return QPID;
        } else if (product.contains("artemis")) {
            return new ArtemisDialect();
        }
        if (product.equals("rabbitmq")) {
            return traits.majorVersion() < 4 ? RABBITMQ_3 : RABBITMQ_4;
        }
        return null;
    }

    static BrokerException unknown(PeerTraits traits, BrokerUri uri) {
        return new BrokerException(
                Kind.REFUSED,
                "the broker at " + uri.place() + " says it is " + traits.describe()
                        + ", of which it is not known how exchanges and queues are declared there. Set broker.dialect to"
                        + " the kind of broker that it resembles: qpid, rabbitmq, rabbitmq4 or artemis");
    }
}
