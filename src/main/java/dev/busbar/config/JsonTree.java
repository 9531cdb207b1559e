package dev.busbar.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns JSON objects and arrays of Vert.x into plain maps and lists. */
final class JsonTree {

    private JsonTree() {}

    static Object of(Object json) {
        if (json instanceof JsonObject object) {
            return of(object.getMap());
        }
        if (json instanceof JsonArray array) {
            return of(array.getList());
        }
        if (json instanceof Map<?, ?> map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach((key, value) -> plain.put(key.toString(), of(value)));
            return plain;
        }
        if (json instanceof List<?> list) {
            List<Object> plain = new ArrayList<>();
            list.forEach(item -> plain.add(of(item)));
            return plain;
        }
        return json;
    }
}
