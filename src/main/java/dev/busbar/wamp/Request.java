package dev.busbar.wamp;

import dev.busbar.codec.JsonText;
import dev.busbar.codec.UnreadablePayloadException;
import java.util.List;
import java.util.Set;

/**
 * What can be told of a request that is wrong somewhere: enough to answer it, and to answer nobody who has not asked.
 *
 * @param kind the type of the request
 * @param id {@code 0} if it has none
 * @param awaited whether the client waits for an answer
 */
record Request(int kind, long id, boolean awaited) {

    static final int PUBLISH = 16;
    static final int SUBSCRIBE = 32;
    static final int UNSUBSCRIBE = 34;
    static final int CALL = 48;
    static final int REGISTER = 64;
    static final int UNREGISTER = 66;

    /** Those to which the protocol has an ERROR. */
    private static final Set<Integer> KINDS = Set.of(PUBLISH, SUBSCRIBE, UNSUBSCRIBE, CALL, REGISTER, UNREGISTER);

    /** Of the option by which a publisher asks for an answer. */
    private static final Set<String> NOT_AWAITED = Set.of("false", "null");

    /** @return {@code null} if it is a message of another kind */
    static Request of(int kind, List<JsonText> items) {
        if (!KINDS.contains(kind)) {
            return null;
        }
        var id = items.size() > 1 ? id(items.get(1)) : 0;
        return new Request(kind, id, id > 0 && (kind != PUBLISH || isAcknowledged(items)));
    }

    /** Whether a router whose only role is broker answers such. */
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

    /** Whatever else may be wrong with the options, who gives this one something waits. */
    private static boolean isAcknowledged(List<JsonText> items) {
        try {
            var given =
                    items.size() > 2 ? JsonText.members(items.get(2).toString()).get("acknowledge") : null;
            return given != null && !NOT_AWAITED.contains(given.toString());
        } catch (UnreadablePayloadException noObject) {
            return false;
        }
    }
}
