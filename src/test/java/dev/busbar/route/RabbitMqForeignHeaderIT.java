package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Requirement;
import dev.busbar.testing.broker.RabbitMq;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RabbitExtension.class)
class RabbitMqForeignHeaderIT extends ForeignHeaderContract {
    RabbitMqForeignHeaderIT(RabbitNode node) {
        super(new RabbitMq(node));
    }

    /** Writes floating point and decimal numbers as bytes: a JSON text of them. Broker-J it does not talk to. */
    @Test
    void ofAioPika() throws IOException {
        var python = Requirement.python("aio_pika", "python3-aio-pika").orSkip().toString();

        assertThat(headersFrom(new ProcessBuilder(python, script("aio_pika_publish.py"), broker.uri091(), exchange)))
                .containsAllEntriesOf(with(Map.of(
                        "largest", "9223372036854775807 long",
                        "decimal", "IkRlY2ltYWwoJy0zLjE0Jyki bytes",
                        "float", "MS41 bytes",
                        "datetime", "2024-03-01T12:00:00Z timestamp",
                        "none", " null",
                        "bytearray", "AP8= bytes")));
    }
}
