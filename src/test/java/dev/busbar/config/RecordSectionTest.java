package dev.busbar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.busbar.topic.KeyTemplate;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The records of the configuration check their components as their keys say. */
class RecordSectionTest {

    private static final ExchangeConfig EXCHANGE = new ExchangeConfig("x", "topic", true, Map.of());

    /** Components without which a record cannot be made. */
    private static final Map<Class<?>, Map<String, Object>> NEEDED = Map.of(
            InboundRoute.class,
            Map.of(
                    "name",
                    "r",
                    "address",
                    "a",
                    "exchange",
                    EXCHANGE,
                    "queue",
                    new QueueConfig("q", QueueLife.PERSISTENT, QueueType.CLASSIC, Map.of())),
            OutboundRoute.class,
            Map.of("name", "r", "address", "a", "exchange", EXCHANGE, "key", KeyTemplate.parse("k")),
            JwtConfig.class,
            Map.of("publicKey", "key.pem"),
            SlowReaderConfig.class,
            Map.of("addresses", List.of("a"), "policy", SlowReaderPolicy.DISCONNECT),
            WampUser.class,
            Map.of("secret", new Secret("s"), "role", "r"));

    /** What no key of the type allows. */
    private static final Map<Class<?>, Object> FORBIDDEN = Map.of(
            int.class,
            -5_000_000,
            Integer.class,
            -5_000_000,
            long.class,
            -5L,
            Duration.class,
            Duration.ofDays(100_000),
            String.class,
            "\u0001");

    private record Case(Class<?> section, RecordComponent component, Object forbidden) {

        private String path() {
            String name = component.getAnnotation(ConfigKey.class).name();
            return name.isEmpty() ? component.getName() : name;
        }

        @Override
        public String toString() {
            return section.getSimpleName() + "." + component.getName();
        }
    }

    static Stream<Case> bounded() {
        Set<Class<?>> sections = new LinkedHashSet<>();
        collect(BusbarConfig.class, sections);
        return sections.stream()
                .flatMap(section -> Stream.of(section.getRecordComponents())
                        .map(it -> new Case(section, it, forbidden(it.getGenericType())))
                        .filter(it -> it.forbidden != null));
    }

    private static void collect(Type type, Set<Class<?>> into) {
        if (type instanceof ParameterizedType collection) {
            Stream.of(collection.getActualTypeArguments()).forEach(it -> collect(it, into));
        } else if (type == RouteConfig.class) {
            Stream.of(RouteConfig.class.getPermittedSubclasses()).forEach(it -> collect(it, into));
        } else if (((Class<?>) type).isAnnotationPresent(ConfigSection.class) && into.add((Class<?>) type)) {
            Stream.of(((Class<?>) type).getRecordComponents()).forEach(it -> collect(it.getGenericType(), into));
        }
    }

    private static Object forbidden(Type type) {
        return type instanceof ParameterizedType list
                ? list.getActualTypeArguments()[0] == String.class && list.getRawType() == List.class
                        ? List.of("\u0001")
                        : null
                : FORBIDDEN.get(type);
    }

    /** A constructor that mixed up two components would tell of another key, or of none. */
    @ParameterizedTest
    @MethodSource("bounded")
    void aConstructorRefusesWhatTheKeyForbids(Case it) {
        Made<?> made = Made.a(it.section);
        NEEDED.getOrDefault(it.section, Map.of()).forEach(made::with);

        var refused = catchThrowableOfType(
                InvalidConfigException.class,
                () -> made.with(it.component.getName(), it.forbidden).get());

        assertThat(refused).isNotNull();
        assertThat(refused.problems()).extracting(Problem::path).containsExactly(it.path());
    }

    @Test
    void aComponentThatIsNeededIsNamedIfItIsMissing() {
        assertThatThrownBy(() ->
                        OutboundRoute.builder().name("r").exchange(EXCHANGE).build())
                .isInstanceOf(NullPointerException.class)
                .hasMessage("address");
    }

    @Test
    void aBuilderChangesOnlyWhatItIsTold() {
        BrokerConfig broker =
                Loading.config("broker: {uri: amqp://h, heartbeat: 7s}").broker();

        BrokerConfig patient =
                broker.toBuilder().startTimeout(Duration.ofMinutes(9)).build();

        assertThat(patient)
                .isEqualTo(Loading.config("broker: {uri: amqp://h, heartbeat: 7s, startTimeout: 9m}")
                        .broker());
    }

    @Test
    void aRouteThatIsBuiltHasTheDefaultsOfOneThatIsRead() {
        InboundRoute built = InboundRoute.builder()
                .name("r")
                .exchange(RecordSection.defaults(ExchangeConfig.class))
                .queue(new QueueConfig("q", null, QueueType.CLASSIC, Map.of()))
                .address("x")
                .build();

        assertThat(built).isEqualTo(Loading.inbound("{name: r, from: {queue: q}, to: {address: x}}"));
    }

    private record WithoutKey(int number) {}

    static Stream<Class<?>> builders() {
        return Stream.of(InboundRouteBuilder.class, OutboundRouteBuilder.class, BrokerConfigBuilder.class);
    }

    /** A name that is no component's would be a setting without effect. */
    @ParameterizedTest
    @MethodSource("builders")
    void aBuilderSetsTheComponentsOfItsRecordByTheirNames(Class<?> builder) throws Exception {
        var record = (Class<?>) ((ParameterizedType) builder.getGenericSuperclass()).getActualTypeArguments()[0];

        for (var setter : builder.getDeclaredMethods()) {
            if (setter.getParameterCount() == 1 && !setter.isSynthetic()) {
                assertThat(Stream.of(record.getRecordComponents()).map(RecordComponent::getName))
                        .contains(setter.getName());
            }
        }
    }

    @Test
    void aComponentThatIsNoneIsRefused() {
        assertThatThrownBy(() -> RecordSection.make(OutboundRoute.class, Map.of("adress", "a")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("adress");
    }

    @Test
    void aComponentWithoutAKeyIsRefused() {
        assertThatThrownBy(() -> RecordSection.section(WithoutKey.class)).isInstanceOf(IllegalStateException.class);
    }
}
