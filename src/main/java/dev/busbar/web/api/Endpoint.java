package dev.busbar.web.api;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.function.Function;

/**
 * One operation.
 *
 * @param path below {@code /api}, with parameters in braces, as OpenAPI writes them
 * @param work what is answered, as JSON with status 200; fails with an {@link ApiException}
 */
record Endpoint(HttpMethod method, String path, RequiredPermission required, Function<Call, Future<?>> work) {

    private static final String QUEUE = "(?<queue>.+)";

    /** What can be done with a queue is not a part of its name. */
    private static final String QUEUE_AT_END = QUEUE + "(?<!/requeue|/discard)";

    static Endpoint get(String path, RequiredPermission required, Function<Call, Future<?>> work) {
        return new Endpoint(HttpMethod.GET, path, required, work);
    }

    static Endpoint post(String path, RequiredPermission required, Function<Call, Future<?>> work) {
        return new Endpoint(HttpMethod.POST, path, required, work);
    }

    /** All it is there for: what can be read by GET can be asked about by HEAD. */
    List<HttpMethod> methods() {
        return method == HttpMethod.GET ? List.of(method, HttpMethod.HEAD) : List.of(method);
    }

    /**
     * For Vert.x, as a regular expression. The name of a queue may have slashes, which some proxies decode on the way.
     */
    String pattern() {
        return path.replace("{queue}", path.endsWith("{queue}") ? QUEUE_AT_END : QUEUE)
                .replaceAll("\\{(\\w+)}", "(?<$1>[^/]+)");
    }
}
