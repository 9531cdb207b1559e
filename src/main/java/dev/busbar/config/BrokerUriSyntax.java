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

    /** Problems do not show the password. */
    static final Type<BrokerUri> TYPE = new Scalar<>(
            "`embedded`, or a URI `amqp://user:password@host:port/vhost`: `amqp` is AMQP 0-9-1, `amqp10` is AMQP 1.0,"
                    + " `amqps` and `amqp10s` are the same over TLS",
            "embedded or a URI",
            "amqp://localhost",
            raw -> raw instanceof String text ? BrokerUri.parse(text) : null,
            it -> {},
            BrokerUri::reveal,
            BrokerUriSyntax::redact);

    private static final Pattern AUTHORITY =
            Pattern.compile("(?:([^:@]*)(?::([^@]*))?@)?(\\[[^\\]]+]|[^:@\\[\\]]*)(?::([^:@]*))?");

    /** Three groups: the text before user and password, user and password, the text after them. */
    private static final Pattern CREDENTIALS = Pattern.compile("(?s)([^:/]*://)(.*)@([^@]*)");

    /** User and password as RFC 3986 defines them, and non-ASCII characters, which {@link URI} allows too. */
    private static final Pattern ENCODED =
            Pattern.compile("(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2}|[^\\p{ASCII}])*"
                    + "(?::(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2}|[^\\p{ASCII}])*)?");

    private static final String ENCODING =
            "In user, password and virtual host write % as %25, : as %3A, @ as %40, / as %2F, ? as %3F, # as %23, [ as"
                    + " %5B, ] as %5D, and a space as %20; letters, digits and - . _ ~ stay as they are";

    private static final Pattern MISPLACED = Pattern.compile("(?s)^((?:[^:]*://)?[^:]*):(?!//)(?![0-9]+(?:/|$)).*$");

    private BrokerUriSyntax() {}

    static BrokerUri parse(String text) {
        Findings found = new Findings();
        Matcher secured = CREDENTIALS.matcher(text);
        boolean unencoded =
                secured.matches() && !ENCODED.matcher(secured.group(2)).matches();
        found.unless(
                !unencoded,
                "",
                redact(text),
                "has characters in the user, the password or the virtual host that must be percent-encoded",
                ENCODING);
        // The rest is checked all the same, so that its problems are reported at the same time.
        URI uri = uri(unencoded ? secured.group(1) + "user@" + secured.group(3) : text, text, found);
        BrokerUri read = uri == null ? null : read(uri, text, found);
        found.raise();
        return read;
    }

    private static URI uri(String text, String shown, Findings found) {
        try {
            return new URI(text);
        } catch (URISyntaxException broken) {
            // Its message quotes the text with the password.
            found.unless(
                    false,
                    "",
                    redact(shown),
                    "is not a URI: " + broken.getReason()
                            + (text.equals(shown) ? " at position " + broken.getIndex() : " behind the last @"),
                    REMEDY + ". " + ENCODING);
            return null;
        }
    }

    /** @return {@code null} if there is a problem */
    private static BrokerUri read(URI uri, String text, Findings found) {
        String shown = redact(text);
        String scheme = uri.getScheme();
        boolean known = scheme != null && BrokerUri.PORTS.containsKey(scheme);
        String example = known ? scheme : "amqp";
        String authority = uri.getRawAuthority();
        Matcher match = AUTHORITY.matcher(authority == null ? "" : authority);
        boolean apart = match.matches();
        String host = apart ? match.group(3) : null;
        String port = apart ? match.group(4) : null;
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        boolean valid = found.unless(known, "", shown, "has no known scheme", REMEDY)
                .unless(
                        uri.getRawQuery() == null && uri.getRawFragment() == null,
                        "",
                        shown,
                        "has a ? or # in it",
                        "Options have keys of their own under broker; in a user or password write %3F and %23")
                .unless(
                        !known || authority != null && (!apart || !host.isEmpty()),
                        "",
                        shown,
                        "names no host",
                        "Write e.g. " + example + "://localhost")
                .unless(
                        apart,
                        "",
                        shown,
                        "has too many : or @ between // and /",
                        "Percent-encode them in the user and password: %3A and %40")
                .unless(
                        port == null || port.matches("[0-9]{1,5}") && inRange(Integer.parseInt(port)),
                        "",
                        shown,
                        "has no port from 1 to 65535 after the host",
                        "Write the host and its port, e.g. " + example + "://localhost:" + BrokerUri.PORTS.get(example)
                                + "; user and password are before the host, followed by an @")
                .unless(
                        path.indexOf('/', 1) < 0,
                        "",
                        shown,
                        "has more than one / after the host",
                        "Write %2F for a / in the name of the virtual host")
                .all()
                .isEmpty();
        return valid ? printable(read(scheme, match, path), shown, found) : null;
    }

    /** Refuses control characters, but in the password. */
    private static BrokerUri printable(BrokerUri read, String shown, Findings found) {
        return found.unless(
                                isPrintable(read.user()) && isPrintable(read.virtualHost()),
                                "",
                                shown,
                                "has a control character in the user or the virtual host, e.g. a line break",
                                "Leave it out: %0A is a line break")
                        .all()
                        .isEmpty()
                ? read
                : null;
    }

    private static boolean isPrintable(String text) {
        return text.chars().noneMatch(Character::isISOControl);
    }

    private static BrokerUri read(String scheme, Matcher authority, String path) {
        String user = authority.group(1);
        String password = authority.group(2);
        String host = authority.group(3);
        String port = authority.group(4);
        return new BrokerUri(
                scheme,
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                port == null ? BrokerUri.PORTS.get(scheme) : Integer.parseInt(port),
                user == null ? "guest" : decode(user),
                new Secret(password == null ? "guest" : decode(password)),
                path.isEmpty() ? "/" : decode(path.substring(1)));
    }

    private static boolean inRange(int port) {
        return port >= 1 && port <= 65535;
    }

    static String print(BrokerUri uri, String password) {
        return uri.scheme() + "://" + encode(uri.user()) + ":" + password + "@" + uri.hostAndPort() + "/"
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
}
