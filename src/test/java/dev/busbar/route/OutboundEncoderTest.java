package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageIds;
import dev.busbar.codec.PayloadCodec;
import dev.busbar.config.DatetimeStyle;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutboundEncoderTest {

    private static final JsonObject BODY = new JsonObject().put("id", 17).put("branch", "main");

    @Test
    void takesTheKeyFromTheBody() {
        var message = encode("changes.{id}.{branch}", Map.of(), BODY);

        assertThat(message.routingKey()).isEqualTo("changes.17.main");
        assertThat(message.exchange()).isEqualTo("busbar");
        assertThat(new JsonObject(message.body())).isEqualTo(BODY);
    }

    @Test
    void aHeaderGoesBeforeAFieldOfTheBody() {
        assertThat(encode("changes.{id}", Map.of("id", "4"), BODY).routingKey()).isEqualTo("changes.4");
        assertThat(encode("changes.{id}", Map.of("id", "4"), "no object").routingKey())
                .isEqualTo("changes.4");
    }

    @Test
    void takesTheWholeKeyFromItsHeaderDotsIncluded() {
        var message = encode("{amqp-routing-key}", Map.of("amqp-routing-key", "builds.17.finished"), BODY);

        assertThat(message.routingKey()).isEqualTo("builds.17.finished");
        assertThat(message.properties().headers()).isEmpty();
    }

    @Test
    void withinALongerKeyTheSameHeaderIsOneWordLikeAnyOther() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encode("x.{amqp-routing-key}", Map.of("amqp-routing-key", "a.b"), BODY))
                .withMessageContainingAll("x.{amqp-routing-key}", "a.b", "dot");
    }

    @Test
    void saysWhichPlaceholderHasNoValueAndWhereOneIsLookedFor() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encode("changes.{project}.new", Map.of(), BODY))
                .withMessageContainingAll("changes.{project}.new", "{project}", "header", "body field");
    }

    @Test
    void saysThatTheHeaderWithTheWholeKeyIsMissingOrNoKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encode("{amqp-routing-key}", Map.of(), BODY))
                .withMessageContainingAll("amqp-routing-key", "missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encode("{amqp-routing-key}", Map.of("amqp-routing-key", "a.*"), BODY))
                .withMessageContainingAll("a.*", "routing key");
    }

    @Test
    void givesAnIdWhereTheSenderHasNone() {
        var first = encode("a", Map.of(), BODY).properties();
        var second = encode("a", Map.of(), BODY).properties();

        assertThat(first.messageId()).isNotBlank().isNotEqualTo(second.messageId());
        assertThat(first.persistent()).isTrue();
        assertThat(encode("a", Map.of("amqp-message-id", "mine"), BODY)
                        .properties()
                        .messageId())
                .isEqualTo("mine");
    }

    /** One from another node is decoded when somebody looks at it, by the application's own codec. */
    @Test
    void refusesABodyThatCannotBeDecoded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encode("a", Map.of(), new IllegalStateException("what the codec throws")))
                .withMessageContaining("what the codec throws");
    }

    private final MessageIds ids = new MessageIds();

    private BridgeMessage encode(String key, Map<String, String> headers, Object body) {
        var codec = new PayloadCodec(DatetimeStyle.ISO, 1_000);
        return new OutboundEncoder(Routes.outbound("changes", key), codec, ids)
                .encode(new Sent(MultiMap.caseInsensitiveMultiMap().addAll(headers), body));
    }

    /** A message as the event bus hands it over, as far as encoding looks at it. */
    private record Sent(MultiMap headers, Object body) implements Message<Object> {

        @Override
        public Object body() {
            if (body instanceof RuntimeException thrown) {
                throw thrown;
            }
            return body;
        }

        @Override
        public String address() {
            return "address";
        }

        @Override
        public String replyAddress() {
            return null;
        }

        @Override
        public boolean isSend() {
            return true;
        }

        @Override
        public void reply(Object message, DeliveryOptions options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <R> Future<Message<R>> replyAndRequest(Object message, DeliveryOptions options) {
            throw new UnsupportedOperationException();
        }
    }
}
