package dev.busbar.web.sockjs;

import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import io.vertx.ext.web.handler.sockjs.Transport;

/**
 * Chooses the transports that browsers may use. Not offered are JSON-P, htmlfile and the iframe, which are for browsers
 * from before 2012: their requests carry no origin, so any page could use them on behalf of its visitor. The iframe
 * also loads its script from another site.
 */
final class OfferedTransports {

    /** The paths besides the transports that are refused. */
    static final String REFUSED_PATHS = "/(?:iframe[^/]*|chunking_test)";

    /** The paths besides the transports that are answered: the greeting, and the server's capabilities. */
    static final String READABLE_PATHS = "/?|/info";

    private OfferedTransports() {}

    static SockJSHandlerOptions options() {
        // The cookie would hold for the whole host, and replace that of another program behind the same proxy.
        return new SockJSHandlerOptions()
                .setInsertJSESSIONID(false)
                .addDisabledTransport(Transport.HTML_FILE.name())
                .addDisabledTransport(Transport.JSON_P.name());
    }

    /** Returns SockJS' name of the transport at a path; {@code raw-websocket} is a WebSocket without SockJS. */
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
