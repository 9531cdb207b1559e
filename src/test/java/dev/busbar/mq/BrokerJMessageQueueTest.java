package dev.busbar.mq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.busbar.hub.FormerQueues;
import dev.busbar.testing.broker.EmbeddedBrokerJ;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class BrokerJMessageQueueTest extends MessageQueueContract {
    BrokerJMessageQueueTest() {
        super(EmbeddedBrokerJ.shared());
    }

    @Test
    void rejectionIsRefused() {
        openQueue("{'persistent': {'onFailure': {'then': 'reject'}}}");

        assertThatThrownBy(() -> done(mq.startConsuming(filter("d"), event -> null, name)))
                .hasMessageContaining("Set onFailure.then to dead-letter");
    }

    @Test
    void theQueuesOfAnEarlierVersionAreReportedAndLeftAlone() {
        var former = "busbar.mq." + name;
        var parked = former + ".parked";
        foreign.declareQueue(former);
        foreign.declareQueue(parked);
        foreign.publish("", parked, "old");
        var log = new ListAppender<ILoggingEvent>();
        var logger = (Logger) LoggerFactory.getLogger(FormerQueues.class);
        log.start();
        logger.addAppender(log);
        try {
            openQueue("{'persistent': {'onFailure': {'then': 'park'}}}");
            done(mq.startConsuming(filter("d"), event -> null, name));

            eventually(() -> assertThat(log.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .anyMatch(it -> it.startsWith("queue '" + former + "'") && it.contains("goes on collecting"))
                    .anyMatch(it -> it.startsWith("queue '" + parked + "'")
                            && it.contains("'busbar.mq." + name + "@" + exchange + ".parked' has taken its place")
                            && it.contains("1 messages have been parked in it. Nobody consumes it.")));
            assertThat(foreign.status(parked).messages()).isEqualTo(1);
        } finally {
            logger.detachAppender(log);
            foreign.deleteQueue(former);
            foreign.deleteQueue(parked);
        }
    }
}
