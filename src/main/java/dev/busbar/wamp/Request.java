package dev.busbar.wamp;

import dev.busbar.codec.JsonText;
import dev.busbar.codec.UnreadablePayloadException;
import java.util.List;
import java.util.Set;

/**
 * The part of an invalid request that an ERROR needs.
 *
 * @param kind the message type of the request
 * @param id the request id; {@code 0} if the request has none
 * @param awaited whether the client waits for an answer; if not, it must not get one
 */
record Request(int kind, long id, boolean awaited) {

    static final int PUBLISH = 16;
    static final int SUBSCRIBE = 32;
    static final int UNSUBSCRIBE = 34;
    static final int CALL = 48;
    static final int REGISTER = 64;
    static final int UNREGISTER = 66;

    /** The message types that the protocol answers with an ERROR. */
    private static final Set<Integer> KINDS = Set.of(PUBLISH, SUBSCRIBE, UNSUBSCRIBE, CALL, REGISTER, UNREGISTER);

    /** The values of the option {@code acknowledge} with which a publisher asks for no answer. */
    private static final Set<String> NOT_ACKNOWLEDGED = Set.of("false", "null");

    /** @return {@code null} if the message is of another type */
    static Request of(int kind, List<JsonText> items) {
        if (!KINDS.contains(kind)) {
            return null;
        }
        var id = items.size() > 1 ? id(items.get(1)) : 0;
        return new Request(kind, id, id > 0 && (kind != PUBLISH || isAcknowledged(items)));
    }

    /** Whether the request is for the broker role, the only one of this router. */
    boolean isKnown() {
        return kind == PUBLISH || kind == SUBSCRIBE || kind == UNSUBSCRIBE;
    }

    private static long id(JsonText item) {
        try {
            return MessageElements.id(item.value());
        } catch (UnreadablePayloadException noNumber) {
            return 0;
        }
    }

    /** Whether the publisher asks for an answer; reads only this option, because others may be invalid. */
    private static boolean isAcknowledged(List<JsonText> items) {
        try {
            var given =
                    items.size() > 2 ? JsonText.members(items.get(2).toString()).get("acknowledge") : null;
            return given != null && !NOT_ACKNOWLEDGED.contains(given.toString());
        } catch (UnreadablePayloadException noObject) {
            return false;
        }
    }
}
