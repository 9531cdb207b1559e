package dev.busbar.config;

/** The port for people: console, SockJS, WAMP. Port 0 takes a free one. */
public record WebConfig(String host, int port) {

    public WebConfig {
        ServerSections.HOST.check(host);
        ServerSections.WEB_PORT.check(port);
    }
}
