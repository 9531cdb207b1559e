package dev.busbar.launch;

import dev.busbar.config.BrokerConfig;
import dev.busbar.config.BrokerUri;
import dev.busbar.config.BusbarConfig;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.InvalidConfigException;
import dev.busbar.config.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Holds the options that choose the broker and the exchange of a command. */
final class TargetOptions {

    @Option(
            names = {"-u", "--uri"},
            paramLabel = "URI",
            converter = UriConverter.class,
            description =
                    "The broker, e.g. amqp://guest:guest@127.0.0.1:5672, or amqp10:// for AMQP 1.0. Without it, the"
                            + " broker of the configuration; for the embedded broker, its configured port on this"
                            + " machine.")
    private BrokerUri uri;

    @Option(
            names = {"-e", "--exchange"},
            paramLabel = "NAME",
            description = "The exchange. Without it, the exchange of the configuration.")
    private String exchange;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration. Without it, conf/busbar.yaml, or the built-in copy of that file.")
    private Path config;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "How long to wait for the broker's answer (default: ${DEFAULT-VALUE}).")
    private int timeout;

    private BusbarConfig loaded;

    /**
     * Returns the settings of the broker, with no time-out longer than {@code --timeout}.
     *
     * @throws InvalidConfigException if the configuration is invalid
     */
    BrokerConfig broker() {
        var settings = config().broker().at(uri == null ? uris() : List.of(uri));
        return settings.toBuilder()
                .connectTimeout(atMostTimeout(settings.connectTimeout()))
                .startTimeout(timeout())
                .build();
    }

    /** Returns how long to wait for an answer of the broker, at least a second. */
    Duration timeout() {
        return Duration.ofSeconds(Math.max(1, timeout));
    }

    private Duration atMostTimeout(Duration configured) {
        return configured.compareTo(timeout()) < 0 ? configured : timeout();
    }

    /**
     * Returns the configured exchange, or one named by {@code --exchange}, which is taken for a durable topic exchange.
     */
    ExchangeConfig exchange() {
        var configured = config().exchange();
        return exchange == null || exchange.equals(configured.name())
                ? configured
                : new ExchangeConfig(exchange, "topic", true, Map.of());
    }

    BusbarConfig config() {
        if (loaded == null) {
            loaded = Configurations.choose(config).orThrow();
        }
        return loaded;
    }

    private List<BrokerUri> uris() {
        var broker = config().broker();
        if (!broker.isEmbedded()) {
            return broker.uris();
        }
        var embedded = broker.embedded();
        if (embedded.port() == 0) {
            throw new CommandFailure("the embedded broker takes any free port (broker.embedded.port = 0): give the one"
                    + " 'run' has printed, with --uri");
        }
        return List.of(
                new BrokerUri("amqp", embedded.host(), embedded.port(), embedded.user(), embedded.password(), "/"));
    }

    static final class UriConverter implements ITypeConverter<BrokerUri> {

        @Override
        public BrokerUri convert(String text) {
            BrokerUri uri;
            try {
                uri = BrokerUri.parse(text);
            } catch (InvalidConfigException e) {
                throw new TypeConversionException(
                        e.problems().stream().map(Problem::toString).collect(Collectors.joining(" ")));
            }
            if (uri.isEmbedded()) {
                throw new TypeConversionException(
                        "the embedded broker is reached by its port, e.g." + " amqp://guest:guest@127.0.0.1:5672");
            }
            return uri;
        }
    }
}
