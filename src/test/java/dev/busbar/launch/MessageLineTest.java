package dev.busbar.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import dev.busbar.codec.PayloadCodec;
import dev.busbar.config.DatetimeStyle;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** Tests how commands show a message in the terminal. */
class MessageLineTest {

    private static final String EVIL = "\u001b]0;owned\u0007\u009b2J\u007f\u202e\u2028\u2066\n\ttext";

    private final StringWriter written = new StringWriter();
    private final Terminal terminal = new Terminal(written);

    private void show(String key, String contentType, Buffer body) {
        var properties = MessageProperties.builder()
                .messageId("id")
                .contentType(contentType)
                .persistent(true)
                .build();
        terminal.println(new MessageLine(new PayloadCodec(DatetimeStyle.ISO, 10_000))
                .of(new BridgeMessage("exchange", key, properties, body)));
    }

    @Test
    void aKeyAndAContentTypeCannotControlTheTerminal() {
        show("key" + EVIL, "application/x-" + EVIL, Buffer.buffer("body" + EVIL));
        show("key", "text/plain", Buffer.buffer("body" + EVIL));

        assertThat(written.toString().lines()).hasSize(2);
        assertThat(written.toString())
                .contains("key\\u001b]0;owned\\u0007\\u009b2J\\u007f\\u202e\\u2028\\u2066\\n\\ttext")
                .contains("body\\u001b]0;owned")
                .doesNotContainPattern("[\\p{Cntrl}&&[^\\n\\r]]|[\\u0080-\\u009f\\u2028\\u202e\\u2066]");
    }

    /** The JSON in the line can be copied and parsed. */
    @Test
    void jsonIsTheSameJson() {
        var body = new JsonObject().put("text" + EVIL, EVIL).put("serial", 1724442618569203714L);

        show("key", "application/json", body.toBuffer());

        var shown = written.toString().strip();
        assertThat(Json.decodeValue(shown.substring(shown.indexOf('{')))).isEqualTo(body);
    }

    @Test
    void jsonIsShownAsItWasWritten() {
        show("key", "application/json", Buffer.buffer("{\n  \"price\": 1.10,\r\n\t\"of\": [1E2, -0.0]\n}"));

        assertThat(written.toString().strip()).endsWith("key  { \"price\": 1.10, \"of\": [1E2, -0.0] }");
    }
}
