package dev.busbar.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The frames are decoded by Netty as a client decodes them. */
class WebSocketFramesTest {

    private static final int MAX_PAYLOAD = WebSocketFrames.MAX_FRAME_PAYLOAD_BYTES;
    private static final WebSocketDecoderConfig CLIENT = WebSocketDecoderConfig.newBuilder()
            .expectMaskedFrames(false)
            .maxFramePayloadLength(MAX_PAYLOAD)
            .build();

    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                1,
                125,
                126,
                MAX_PAYLOAD - 1,
                MAX_PAYLOAD,
                MAX_PAYLOAD + 1,
                MAX_PAYLOAD + 126,
                2 * MAX_PAYLOAD,
                1_000_000
            })
    void textOfAnyLengthIsReadAsItWas(int length) {
        var client = new EmbeddedChannel(new WebSocket13FrameDecoder(CLIENT), new WebSocketFrameAggregator(length + 1));
        var text = "0123456789".repeat(length / 10 + 1).substring(0, length);

        client.writeInbound(Unpooled.wrappedBuffer(WebSocketFrames.text(text), WebSocketFrames.text("next")));

        assertThat(client.<TextWebSocketFrame>readInbound().text()).isEqualTo(text);
        assertThat(client.<TextWebSocketFrame>readInbound().text()).isEqualTo("next");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 121, 122, MAX_PAYLOAD - 5, MAX_PAYLOAD - 4, 1_000_000})
    void headAndRestAreOneText(int length) {
        var client = new EmbeddedChannel(new WebSocket13FrameDecoder(CLIENT), new WebSocketFrameAggregator(length + 4));
        var rest = "x".repeat(length).getBytes(StandardCharsets.UTF_8);
        var frames = Unpooled.buffer();

        WebSocketFrames.text(frames, "head".getBytes(StandardCharsets.UTF_8), rest);
        WebSocketFrames.text(frames, new byte[0], new byte[] {'n'});
        client.writeInbound(frames);

        assertThat(client.<TextWebSocketFrame>readInbound().text()).isEqualTo("head" + "x".repeat(length));
        assertThat(client.<TextWebSocketFrame>readInbound().text()).isEqualTo("n");
    }

    @Test
    void longTextIsInPartsAndWhatIsNoAsciiInUtf8() {
        var client = new EmbeddedChannel(new WebSocket13FrameDecoder(CLIENT));
        var text = "ü€😀".repeat(20_000);

        client.writeInbound(Unpooled.wrappedBuffer(WebSocketFrames.text(text)));

        var all = Unpooled.buffer();
        WebSocketFrame part;
        do {
            part = client.readInbound();
            all.writeBytes(part.content());
        } while (!part.isFinalFragment());
        assertThat(all.toString(StandardCharsets.UTF_8)).isEqualTo(text);
        assertThat(client.<Object>readInbound()).isNull();
    }
}
