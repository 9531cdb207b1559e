package dev.busbar.route;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.json.JsonObject;

/**
 * Hands a body to its one handler in this Vert.x without the copy that the event bus makes: the body has been decoded
 * for this handler alone.
 */
final class Handover implements MessageCodec<JsonObject, JsonObject> {

    private static final Handover INSTANCE = new Handover();

    private Handover() {}

    /**
     * Registers the codec with the event bus.
     *
     * @param localOnly whether the messages stay on this node
     * @return {@code null} if the messages may go to another node, which may not know this codec
     */
    static Handover on(Vertx vertx, boolean localOnly) {
        if (vertx.isClustered() && !localOnly) {
            return null;
        }
        try {
            vertx.eventBus().registerCodec(INSTANCE);
        } catch (IllegalStateException e) {
            // Another route has registered it.
        }
        return INSTANCE;
    }

    @Override
    public void encodeToWire(Buffer buffer, JsonObject body) {
        throw new UnsupportedOperationException("never leaves this Vert.x");
    }

    @Override
    public JsonObject decodeFromWire(int position, Buffer buffer) {
        throw new UnsupportedOperationException("never leaves this Vert.x");
    }

    @Override
    public JsonObject transform(JsonObject body) {
        return body;
    }

    @Override
    public String name() {
        return "dev.busbar.handover";
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
