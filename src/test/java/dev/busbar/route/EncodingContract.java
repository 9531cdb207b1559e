package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.codec.MessageProperties;
import dev.busbar.codec.PropertiesBuilder;
import dev.busbar.config.ConfigLoader;
import dev.busbar.mq.Event;
import dev.busbar.mq.MessageQueue;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.BrokerUnderTest.Ability;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bodies with encodings of all kinds reach routes and subscribers, whatever the broker. */
abstract class EncodingContract extends RouteFixture {

    private static final byte[] BINARY = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0x04, 0x00, 0x09, 0x00, 0x00, 'a'};

    private final CopyOnWriteArrayList<Message<Object>> received = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<Event> events = new CopyOnWriteArrayList<>();

    private MessageQueue mq;

    EncodingContract(BrokerUnderTest broker) {
        super(broker);
    }

    @BeforeEach
    void listen() {
        broker.assume(Ability.DECLARING);
        vertx.eventBus().consumer("builds", message -> {
            received.add(message);
            message.reply(null);
        });
        deploy(json("{'name': 'in', 'from': {'filter': 'builds.*.finished', 'queue': {'name': '" + exchange
                + "-q', 'life': 'persistent'}}, 'to': {'address': 'builds', 'delivery': 'request'}}"));
        mq = get(MessageQueue.open(vertx, ConfigLoader.fromJson(config())));
        get(mq.startConsuming(TopicFilter.parse("builds.#"), event -> {
            events.add(event);
            return Future.succeededFuture();
        }));
    }

    @AfterEach
    void closeQueue() {
        if (mq != null) {
            get(mq.close());
        }
    }

    private void passes(PropertiesBuilder properties, byte[] body, Object expected) {
        received.clear();
        events.clear();
        publish("builds.1.finished", properties, body);
        eventually(() -> assertThat(received).hasSize(1));
        eventually(() -> assertThat(events).hasSize(1));
        assertThat(received.get(0).body()).isEqualTo(expected);
        assertThat(events.get(0).body()).isEqualTo(expected);
    }

    private String header(String name) {
        return received.get(0).headers().get(name);
    }

    private static PropertiesBuilder of(String contentType, String contentEncoding) {
        return MessageProperties.builder().contentType(contentType).contentEncoding(contentEncoding);
    }

    @Test
    void bytesPassWithAnEncodingThatIsNotKnown() {
        for (var encoding : new String[] {"lz4", "base64", "aes128gcm", "exi"}) {
            passes(of("application/octet-stream", encoding), BINARY, Buffer.buffer(BINARY));
            assertThat(header("amqp-content-encoding")).isEqualTo(encoding);
            passes(of("application/json", encoding), BINARY, Buffer.buffer(BINARY));
            assertThat(header("amqp-content-encoding")).isEqualTo(encoding);
            assertThat(header("amqp-content-type")).isEqualTo("application/json");
        }
        assertThat(count("in", RouteEvent.UNREADABLE)).isZero();
    }

    @Test
    void textIsReadByAnyNameOfItsCharset() {
        var latin = "Grüße".getBytes(StandardCharsets.ISO_8859_1);
        passes(of("text/plain", "latin-1"), latin, "Grüße");
        passes(of("text/plain", "iso8859_15"), latin, "Grüße");
        passes(of("text/plain", "utf-8-sig"), "\uFEFFGrüße".getBytes(StandardCharsets.UTF_8), "Grüße");
        passes(
                of("application/json", "latin-1"),
                "[\"ü\"]".getBytes(StandardCharsets.ISO_8859_1),
                new JsonArray().add("ü"));
        passes(of("text/plain; charset=klingon", "utf-8"), latin, Buffer.buffer(latin));
    }

    @Test
    void aHeaderThatHappensToBeCalledCompressionIsAHeader() {
        passes(
                of("application/json", "utf-8").header("compression", "fast"),
                "{}".getBytes(StandardCharsets.UTF_8),
                new JsonObject());
        assertThat(header("compression")).isEqualTo("fast");
    }
}
