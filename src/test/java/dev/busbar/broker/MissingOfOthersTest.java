package dev.busbar.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.config.Declaration;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.topic.TopicFilter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of exchanges and queues of others that are missing, and of nothing else. */
class MissingOfOthersTest {

    private static final Topology BOUND = topology(Declaration.PASSIVE);

    private static Topology topology(Declaration declare) {
        return new Topology(
                new ExchangeConfig("x", "topic", true, false, false, declare, Map.of()),
                new QueueConfig("q", QueueLife.PERSISTENT, QueueType.CLASSIC, Map.of()),
                List.of(TopicFilter.parse("#")));
    }

    private static BrokerException notFound(String said) {
        return new BrokerException(Kind.NOT_FOUND, "something is missing binding queue 'q' to exchange 'x': " + said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the broker says 404 NOT_FOUND - no exchange 'x' in vhost '/'",
                "the broker says 404 Exchange 'x' does not exist.",
                "the broker says 400 no exchange 'x' in vhost '/'",
                "the broker says 404 Not Found"
            })
    void aBindingLacksItsExchange(String said) {
        assertThat(BOUND.exchangeExplained(notFound(said)))
                .isInstanceOfSatisfying(
                        BrokerException.class, it -> assertThat(it.kind()).isEqualTo(Kind.AWAITED))
                .hasMessageContaining("exchange 'x' does not exist");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the broker says 404 NOT_FOUND - no queue 'q' in vhost '/'",
                "the broker says 404 NOT_FOUND - queue 'q' in vhost '/' has crashed and failed to restart",
                "the broker says 404 NOT_FOUND - home node 'n' of durable queue 'q' in vhost '/' is down",
                "the broker says 404 Queue q does not exist.",
                "the broker says 400 no queue 'q' in vhost '/'"
            })
    void aBindingLacksItsQueue(String said) {
        var failure = notFound(said);
        assertThat(BOUND.exchangeExplained(failure)).isSameAs(failure);
    }

    @Test
    void aQueueOfItsOwnIsNotAwaited() {
        var failure = notFound("the broker says 404 NOT_FOUND - no queue 'q' in vhost '/'");
        assertThat(BOUND.queueExplained(failure)).isSameAs(failure);
    }

    @Test
    void anExchangeThatIsDeclaredIsNotAwaited() {
        var failure = notFound("the broker says 404 NOT_FOUND - no exchange 'x' in vhost '/'");
        assertThat(topology(Declaration.TRUE).exchangeExplained(failure)).isSameAs(failure);
    }
}
