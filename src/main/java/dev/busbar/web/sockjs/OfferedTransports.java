package dev.busbar.web.sockjs;

import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import io.vertx.ext.web.handler.sockjs.Transport;

/**
 * The ways a browser connects. Not offered are those in which it does not say of which origin a page is, so that any
 * page could use them in the name of who looks at it: JSON-P, htmlfile, and the iframe, which also loads its script
 * from somewhere else. They are for browsers of before 2012.
 */
final class OfferedTransports {

    /** What is there besides the transports, and is not offered. */
    static final String REFUSED_PATHS = "/(?:iframe[^/]*|chunking_test)";

    /** What is there besides the transports, and is offered: what the server can do, and a greeting. */
    static final String READABLE_PATHS = "/?|/info";

    private OfferedTransports() {}

    static SockJSHandlerOptions options() {
        // The cookie would be of the whole host, and take the place of that of another program behind the same proxy.
        return new SockJSHandlerOptions()
                .setInsertJSESSIONID(false)
                .addDisabledTransport(Transport.HTML_FILE.name())
                .addDisabledTransport(Transport.JSON_P.name());
    }

    /** As the client calls it, and {@code raw-websocket} for a WebSocket without SockJS. */
    static String named(String uri) {
        var path = uri.split("\\?", 2)[0];
        var name = path.substring(path.lastIndexOf('/') + 1);
        return switch (name) {
            case "xhr" -> "xhr-polling";
            case "xhr_streaming" -> "xhr-streaming";
            case "websocket" -> path.equals("/eventbus/websocket") ? "raw-websocket" : name;
            default -> name;
        };
    }
}
