package dev.busbar.web;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.parsetools.RecordParser;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A SockJS client without WebSockets: it sends by HTTP requests, and receives by others. */
final class XhrClient {

    final List<JsonObject> frames = new CopyOnWriteArrayList<>();

    private final HttpClient http;
    /** Separate from the client that sends, because the server closes the connection after each poll. */
    private final HttpClient receiving;

    private final String session;
    private volatile boolean closed;

    private XhrClient(Vertx vertx, String url) {
        var at = URI.create(url);
        var options = new HttpClientOptions().setDefaultHost(at.getHost()).setDefaultPort(at.getPort());
        http = vertx.createHttpClient(options);
        receiving = vertx.createHttpClient(options.setKeepAlive(false));
        session = "/eventbus/000/" + Long.toString(System.nanoTime(), 36);
    }

    /** Receives everything in one streamed response. */
    static XhrClient streaming(Site site) {
        var client = new XhrClient(site.vertx, site.server.url());
        client.receive(HttpMethod.POST, "/xhr_streaming");
        return client;
    }

    /** Receives over the browsers' built-in EventSource. */
    static XhrClient eventSource(Site site) {
        var client = new XhrClient(site.vertx, site.server.url());
        client.receive(HttpMethod.GET, "/eventsource");
        return client;
    }

    /** Polls: each response has what has arrived since the last. */
    static XhrClient polling(Site site) {
        var client = new XhrClient(site.vertx, site.server.url());
        client.receive(HttpMethod.POST, "/xhr");
        return client;
    }

    private void receive(HttpMethod method, String transport) {
        receiving
                .request(method, session + transport)
                .compose(request -> request.send())
                .compose(response -> {
                    response.handler(RecordParser.newDelimited("\n", this::received));
                    return response.end();
                })
                .onSuccess(ended -> {
                    if (!closed) {
                        receive(method, transport);
                    }
                });
    }

    private void received(Buffer line) {
        var text = line.toString().replaceFirst("^data: ", "").strip();
        if (text.startsWith("a")) {
            new JsonArray(text.substring(1)).forEach(message -> frames.add(new JsonObject((String) message)));
        } else if (text.startsWith("c")) {
            closed = true;
        }
    }

    /**
     * All in one request.
     *
     * @return the status
     */
    Future<Integer> send(String... messages) {
        var body = new JsonArray();
        Arrays.stream(messages).map(it -> it.replace('\'', '"')).forEach(body::add);
        return http.request(HttpMethod.POST, session + "/xhr_send")
                .compose(request -> request.send(body.toBuffer()))
                .map(HttpClientResponse::statusCode);
    }

    boolean isClosed() {
        return closed;
    }
}
