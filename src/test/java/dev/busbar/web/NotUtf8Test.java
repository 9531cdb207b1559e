package dev.busbar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.topic.TopicFilter;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bytes that are not UTF-8 are refused at every entrance, and never replaced by other text. */
class NotUtf8Test {

    private static final Site SITE = new Site("""
              anonymous: guests
              roles: {guests: {produce: ["mq:#"]}}
            """.indent(0));

    private static final List<String> HEARD = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void listen() {
        SITE.hub
                .listen(
                        TopicFilter.parse("#"),
                        0,
                        it -> HEARD.add(it.message().body().toString()))
                .await();
    }

    @AfterAll
    static void stop() {
        SITE.close();
    }

    private static Buffer latin1(String text) {
        return Buffer.buffer(text.replace('\'', '"').getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void nothingWasMadeOfIt() {
        var client = SITE.raw();
        client.send("{'type':'send','address':'mq:a.b','body':'last'}");
        await().untilAsserted(() -> assertThat(HEARD).contains("\"last\""));
        assertThat(HEARD).containsOnly("\"last\"");
    }

    @Test
    void binaryMessagesOfAPlainWebSocket() {
        var client = SITE.raw();

        client.socket().writeBinaryMessage(latin1("{'type':'send','address':'mq:a.b','body':'Gr\u00fc\u00dfe'}"));

        await().untilAsserted(() -> assertThat(client.errors("invalid_json")).hasSize(1));
        nothingWasMadeOfIt();
    }

    @Test
    void postsOfSockJs() throws IOException {
        post("/eventbus/000/utf8/xhr", "", "text/plain");

        var answer = post(
                "/eventbus/000/utf8/xhr_send",
                "['{\\'type\\':\\'send\\',\\'address\\':\\'mq:a.b\\',\\'body\\':\\'Gr\u00fc\u00dfe\\'}']",
                "text/plain");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("not UTF-8");
        nothingWasMadeOfIt();
    }

    @Test
    void postsOfTheApi() throws IOException {
        var answer = post("/api/messages", "{'key':'a.b','body':'Gr\u00fc\u00dfe'}", "application/json");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("not UTF-8");
        nothingWasMadeOfIt();
    }

    private static String post(String path, String body, String type) throws IOException {
        try (var socket = Wire.open(SITE.server.url())) {
            socket.getOutputStream()
                    .write(latin1("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: "
                                    + type + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                            .getBytes());
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
