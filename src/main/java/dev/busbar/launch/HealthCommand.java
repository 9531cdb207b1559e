package dev.busbar.launch;

import dev.busbar.config.ManagementConfig;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks with the JDK's own client and without Vert.x, as a container runs this every few seconds. */
@Command(
        name = "health",
        description = "Asks a running Busbar whether it is ready, and prints which routes are not and why. For scripts"
                + " and for health checks of containers, which have no curl.")
final class HealthCommand implements Callable<Integer> {

    private static final int MAX_BODY_BYTES = 1 << 20;
    private static final int UNAVAILABLE = HttpURLConnection.HTTP_UNAVAILABLE;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "URL",
            description =
                    "Where its management port is, e.g. http://127.0.0.1:8081. Without it, on this machine, at the"
                            + " port of the configuration.")
    private URI url;

    @Option(
            names = "--live",
            description = "Ask only whether it is alive. It is while its event loops turn, whatever its broker does.")
    private boolean live;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration. Without it, conf/busbar.yaml, or what is built in.")
    private Path config;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "How long to wait for the answer (default: ${DEFAULT-VALUE}).")
    private int timeout;

    @Override
    public Integer call() {
        if (timeout < 1) {
            throw new ParameterException(spec.commandLine(), "--timeout: " + timeout + " is not at least 1");
        }
        var asked = managementUri().resolve(live ? "/health/live" : "/health/ready");
        try {
            return report(asked, connect(asked));
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailure(asked + " does not answer (" + e.getMessage()
                    + "): is Busbar running, and is that its management port?");
        }
    }

    private URI managementUri() {
        if (url == null) {
            return configured(Configurations.choose(config).orThrow().management());
        }
        if (!"http".equals(url.getScheme()) || url.getHost() == null) {
            throw new ParameterException(
                    spec.commandLine(), "URL: '" + url + "' is not like http://127.0.0.1:8081, which has no TLS");
        }
        return url;
    }

    private static URI configured(ManagementConfig management) {
        if (!management.enabled()) {
            throw new CommandFailure("the configuration has no management port to ask: management.enabled is false");
        }
        if (management.port() == 0) {
            throw new CommandFailure("the management port is any free one (management.port = 0): give the URL that"
                    + " 'run' has printed");
        }
        var host = here(management.host());
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + management.port());
    }

    /** What listens on all addresses is asked at this machine's own. */
    private static String here(String host) {
        try {
            var address = InetAddress.getByName(host);
            if (!address.isAnyLocalAddress()) {
                return host;
            }
            return address instanceof Inet6Address ? "::1" : "127.0.0.1";
        } catch (UnknownHostException e) {
            return host;
        }
    }

    /** Past every proxy, which would be asked for an address of its own machine. */
    private HttpURLConnection connect(URI asked) throws IOException {
        var connection = (HttpURLConnection) asked.toURL().openConnection(Proxy.NO_PROXY);
        var millis = (int) Math.min(timeout * 1000L, Integer.MAX_VALUE);
        connection.setConnectTimeout(millis);
        connection.setReadTimeout(millis);
        connection.setInstanceFollowRedirects(false);
        return connection;
    }

    private int report(URI asked, HttpURLConnection connection) throws IOException {
        try {
            var status = connection.getResponseCode();
            if (status == HttpURLConnection.HTTP_OK) {
                spec.commandLine().getOut().println(live ? "alive" : "ready");
                return ExitCode.OK;
            }
            if (status != UNAVAILABLE) {
                throw new CommandFailure(asked + " answers with status " + status + ": is that its management port?");
            }
            var err = spec.commandLine().getErr();
            err.println(live ? "not alive" : "not ready");
            failing(body(connection.getErrorStream())).forEach(line -> err.println("  " + line));
            return ExitCode.FAILED;
        } finally {
            connection.disconnect();
        }
    }

    private static String body(InputStream stream) throws IOException {
        if (stream == null) {
            return "";
        }
        try (stream) {
            return new String(stream.readNBytes(MAX_BODY_BYTES), StandardCharsets.UTF_8);
        }
    }

    /** One line for each check that is down, sorted; none where details are only for those who log in. */
    private static List<String> failing(String body) {
        var lines = new ArrayList<String>();
        try {
            collect("", new JsonObject(body).getJsonArray("checks"), lines);
        } catch (DecodeException | ClassCastException e) {
            lines.add("the answer is not Busbar's");
        }
        lines.sort(null);
        return lines;
    }

    private static void collect(String prefix, JsonArray checks, List<String> lines) {
        for (var it : checks == null ? new JsonArray() : checks) {
            var check = (JsonObject) it;
            var name = prefix + check.getString("id");
            if (check.containsKey("checks")) {
                collect(name + "/", check.getJsonArray("checks"), lines);
            } else if (!"UP".equals(check.getString("status"))) {
                var data = check.getJsonObject("data", new JsonObject());
                var phase = data.getString("phase");
                var detail =
                        data.getString("detail", phase == null ? null : "Busbar is " + phase.toLowerCase(Locale.ROOT));
                lines.add(name + ": " + data.getString("condition", "DOWN") + (detail == null ? "" : ", " + detail));
            }
        }
    }
}
