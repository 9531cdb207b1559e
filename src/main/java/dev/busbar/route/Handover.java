package dev.busbar.route;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.json.JsonObject;

/**
 * Hands a body to its one handler in this Vert.x without the copy that the event bus makes: it has been decoded for
 * this handler and nobody else has it.
 */
final class Handover implements MessageCodec<JsonObject, JsonObject> {

    private static final Handover INSTANCE = new Handover();

    private Handover() {}

    /**
     * Known to the event bus from now on.
     *
     * @param localOnly whether what it is for stays on this node, however many there are
     * @return {@code null} on a clustered one for what may go to another node, which may not know this codec
     */
    static Handover on(Vertx vertx, boolean localOnly) {
        if (vertx.isClustered() && !localOnly) {
            return null;
        }
        try {
            vertx.eventBus().registerCodec(INSTANCE);
        } catch (IllegalStateException e) {
            // Another route has made it known.
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
