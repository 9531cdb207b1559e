package dev.busbar.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.PublishOutcome;
import dev.busbar.broker.Publisher;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import dev.busbar.config.BusbarConfig;
import dev.busbar.config.ConfigLoader;
import dev.busbar.config.InboundRoute;
import dev.busbar.testing.broker.SampleDelivery;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoveAwayTest {

    /** Keeps what is published, of which nothing is answered. */
    private static final class Unanswered implements Publisher {

        private final List<Handler<PublishOutcome>> published = new ArrayList<>();

        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public void onReady(Runnable observer) {}

        @Override
        public String obstacle() {
            return null;
        }

        @Override
        public void publish(BridgeMessage message, boolean mandatory, Handler<PublishOutcome> outcome) {
            published.add(outcome);
        }

        @Override
        public void declareAgain(String why) {}

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }

    private static InboundRoute route(String onFailure) {
        BusbarConfig config = ConfigLoader.fromJson(new JsonObject("""
                {"routes": [{"name": "in", "from": {"filter": "a", "queue": "q"}, "to": {"address": "a"},
                             "onFailure": %s}]}""".formatted(onFailure)));
        return (InboundRoute) config.routes().get(0);
    }

    /** Each of several would close the channel, if the place does not exist. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"deadLetter\": {\"exchange\": \"x\", \"declare\": false}}; 1",
                "{\"then\": \"park\", \"park\": {\"queue\": \"p\", \"declare\": false}}; 1",
                "{\"then\": \"dead-letter\"}; 3",
                "{\"then\": \"park\"}; 3",
            })
    void toAPlaceOfOthersMessagesGoOneAtATime(String onFailure, int inFlight) {
        var publisher = new Unanswered();
        var handler = UndeliveredHandlers.of(route(onFailure), new ConfirmedPublisher(publisher));
        for (var i = 0; i < 3; i++) {
            var message =
                    new BridgeMessage("busbar", "a", MessageProperties.builder().build(), Buffer.buffer("1"));
            handler.take(new Undelivered(SampleDelivery.of(message), "no", 1));
        }

        assertThat(publisher.published).hasSize(inFlight);
    }
}
