package dev.busbar.bench;

import com.rabbitmq.client.AMQP;
import io.vertx.core.json.JsonObject;

/** The one message of all benchmarks: an event of a build as 256 bytes of JSON, with an id. */
final class Payload {

    static final int BYTES = 256;
    static final String KEY = "builds.17.finished";

    private Payload() {}

    static JsonObject json() {
        return json(170_017);
    }

    static JsonObject json(int buildid) {
        var build = new JsonObject()
                .put("buildid", buildid)
                .put("number", 17)
                .put("builderid", 42)
                .put("complete", true)
                .put("results", 0)
                .put("started_at", "2014-03-01T12:00:00Z")
                .put("complete_at", "2014-03-01T12:07:31Z")
                .put("state_string", "build successful");
        var left = BYTES - build.toBuffer().length() - ",\"note\":\"\"".length();
        return build.put("note", "x".repeat(left));
    }

    static byte[] bytes() {
        var bytes = json().toBuffer().getBytes();
        if (bytes.length != BYTES) {
            throw new IllegalStateException("the payload has " + bytes.length + " bytes");
        }
        return bytes;
    }

    static AMQP.BasicProperties properties(Setup setup, int number) {
        return new AMQP.BasicProperties.Builder()
                .contentType("application/json")
                .deliveryMode(setup.persistent() ? 2 : 1)
                .messageId("bench-" + number)
                .build();
    }
}
