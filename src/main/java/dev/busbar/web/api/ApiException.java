package dev.busbar.web.api;

import dev.busbar.text.UserFacingFailure;
import io.vertx.core.json.JsonObject;

/** Says that a request cannot be fulfilled; the status and the message are sent to the client. Has no stack trace. */
final class ApiException extends RuntimeException implements UserFacingFailure {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String field;

    private ApiException(int status, String field, String message) {
        super(message, null, false, false);
        this.status = status;
        this.field = field;
    }

    static ApiException of(int status, String message) {
        return new ApiException(status, null, message);
    }

    /** @param field the name of the wrong field of the body, or parameter of the query */
    static ApiException badField(String field, String message) {
        return new ApiException(400, field, field + ": " + message);
    }

    int status() {
        return status;
    }

    JsonObject toJson() {
        var json = new JsonObject().put("message", getMessage());
        return field == null ? json : json.put("field", field);
    }
}
