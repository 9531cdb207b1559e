package dev.busbar.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a broker's URI, after <a href="https://www.rabbitmq.com/docs/uri-spec">RabbitMQ's specification</a>.
 * {@link URI} checks the syntax, but gives no host if that has an underscore, and no way to tell an encoded separator:
 * the parts are taken from its raw authority.
 */
final class BrokerUriSyntax {

    static final String REMEDY =
            "Write embedded, or amqp://user:password@host:5672/vhost (amqps for TLS; amqp10 and amqp10s for AMQP 1.0)";

    private static final Pattern AUTHORITY =
            Pattern.compile("(?:([^:@]*)(?::([^@]*))?@)?(\\[[^\\]]+]|[^:@\\[\\]]*)(?::([^:@]*))?");

    private static final Pattern MISPLACED = Pattern.compile("(?s)^((?:[^:]*://)?[^:]*):(?!//)(?![0-9]+(?:/|$)).*$");

    private BrokerUriSyntax() {}

    static BrokerUri parse(String text) {
        URI uri = uri(text);
        String scheme = uri.getScheme();
        refuseUnless(scheme != null && BrokerUri.PORTS.containsKey(scheme), text, "has no known scheme", REMEDY);
        refuseUnless(
                uri.getRawQuery() == null && uri.getRawFragment() == null,
                text,
                "has a ? or # in it",
                "Options have keys of their own under broker; in a user or password write %3F and %23");
        refuseUnless(uri.getRawAuthority() != null, text, "names no host", "Write e.g. " + scheme + "://localhost");
        Matcher match = AUTHORITY.matcher(uri.getRawAuthority());
        refuseUnless(
                match.matches(),
                text,
                "has too many : or @ between // and /",
                "Percent-encode them in the user and password: %3A and %40");
        String host = match.group(3);
        refuseUnless(!host.isEmpty(), text, "names no host", "Write e.g. " + scheme + "://localhost");
        String port = match.group(4);
        refuseUnless(
                port == null || port.matches("[0-9]{1,5}") && inRange(Integer.parseInt(port)),
                text,
                "has no port from 1 to 65535 behind the host",
                "Write the host and its port, e.g. " + scheme + "://localhost:" + BrokerUri.PORTS.get(scheme)
                        + "; user and password go before the host, ended by an @");
        String user = match.group(1);
        String password = match.group(2);
        return new BrokerUri(
                scheme,
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                port == null ? BrokerUri.PORTS.get(scheme) : Integer.parseInt(port),
                user == null ? "guest" : decode(user),
                new Secret(password == null ? "guest" : decode(password)),
                virtualHost(uri.getRawPath(), text));
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException broken) {
            // Its message quotes the text with the password.
            throw new InvalidConfigException(
                    redact(text),
                    "is not a URI: " + broken.getReason() + " at position " + broken.getIndex(),
                    REMEDY + "; percent-encode unusual characters in user, password and virtual host");
        }
    }

    private static String virtualHost(String path, String text) {
        if (path == null || path.isEmpty()) {
            return "/";
        }
        String name = path.substring(1);
        refuseUnless(
                name.indexOf('/') < 0,
                text,
                "has more than one / behind the host",
                "Write %2F for a / in the name of the virtual host");
        return decode(name);
    }

    private static boolean inRange(int port) {
        return port >= 1 && port <= 65535;
    }

    static String print(BrokerUri uri, String password) {
        return uri.scheme() + "://" + encode(uri.user()) + ":" + password + "@" + uri.place() + "/"
                + encode(uri.virtualHost());
    }

    /** The text with everything masked that may be a password, however broken the text is. */
    static String redact(String text) {
        int at = text.lastIndexOf('@');
        if (at < 0) {
            // Perhaps the @ was forgotten: what stands where the port should be may be anything.
            return MISPLACED.matcher(text).replaceAll("$1:" + Scalar.MASK).replaceAll("[?#].*", "?" + Scalar.MASK);
        }
        int slashes = text.indexOf("//");
        int colon = text.indexOf(':', slashes < 0 ? 0 : slashes);
        return colon < 0 || colon > at ? text : text.substring(0, colon + 1) + Scalar.MASK + text.substring(at);
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static void refuseUnless(boolean good, String text, String message, String remedy) {
        if (!good) {
            throw new InvalidConfigException(redact(text), message, remedy);
        }
    }
}
