package dev.busbar.web.api;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.function.Function;

/**
 * An operation of the API.
 *
 * @param path the path below {@code /api}, with parameters in braces, as OpenAPI writes them
 * @param required the permission that the client needs
 * @param operation returns the answer, which is sent as JSON with status 200, or fails with an {@link ApiException}
 */
record Endpoint(HttpMethod method, String path, RequiredPermission required, Function<Call, Future<?>> operation) {

    private static final String QUEUE = "(?<queue>.+)";

    /** The name of a queue at the end of a path; the name of an operation at the end is not part of it. */
    private static final String QUEUE_AT_END = QUEUE + "(?<!/requeue|/discard)";

    static Endpoint get(String path, RequiredPermission required, Function<Call, Future<?>> operation) {
        return new Endpoint(HttpMethod.GET, path, required, operation);
    }

    static Endpoint post(String path, RequiredPermission required, Function<Call, Future<?>> operation) {
        return new Endpoint(HttpMethod.POST, path, required, operation);
    }

    /** Returns the methods of the operation; one with GET has HEAD too. */
    List<HttpMethod> methods() {
        return method == HttpMethod.GET ? List.of(method, HttpMethod.HEAD) : List.of(method);
    }

    /**
     * Returns the path as a regular expression for vertx-web. A queue's name may have slashes: some proxies decode them
     * on the way.
     */
    String pattern() {
        return path.replace("{queue}", path.endsWith("{queue}") ? QUEUE_AT_END : QUEUE)
                .replaceAll("\\{(\\w+)}", "(?<$1>[^/]+)");
    }
}
