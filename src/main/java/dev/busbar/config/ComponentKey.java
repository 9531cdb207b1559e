package dev.busbar.config;

import dev.busbar.topic.BodyPointer;
import dev.busbar.topic.KeyTemplate;
import dev.busbar.topic.TextTemplate;
import dev.busbar.topic.TopicFilter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the key of a record component from the component's type and its {@link ConfigKey}. */
final class ComponentKey {

    private static final Map<Class<?>, Type<?>> BY_CLASS = Map.ofEntries(
            Map.entry(boolean.class, Types.BOOLEAN),
            Map.entry(Secret.class, Types.SECRET),
            Map.entry(BrokerUri.class, BrokerUriSyntax.TYPE),
            Map.entry(TopicFilter.class, Types.parsed("filter", "builds.*.finished", TopicFilter::parse)),
            Map.entry(
                    KeyTemplate.class,
                    Types.parsed("routing key with placeholders", "changes.{id}.new", KeyTemplate::parse)),
            Map.entry(TextTemplate.class, TemplateType.TYPE),
            Map.entry(HeaderValue.class, HeaderValue.TYPE),
            Map.entry(Boolean.class, Types.BOOLEAN),
            Map.entry(BodyPointer.class, Types.parsed("JSON Pointer", "/order/id", ComponentKey::pointer)),
            Map.entry(MemberAddress.class, Types.parsed("host or host:port", "10.0.0.7:5701", MemberAddress::parse)),
            Map.entry(RouteConfig.class, new RouteType()));

    private ComponentKey() {}

    @SuppressWarnings("unchecked") // the type of the component
    static Key<Object> of(String name, RecordComponent component, ConfigKey described) {
        Type<Object> type = (Type<Object>) type(component.getGenericType(), described);
        if (described.required()) {
            return Key.required(name, type, described.doc());
        }
        if (!described.whenAbsent().isEmpty()) {
            Key<Object> optional = Key.optional(name, type, described.whenAbsent(), described.doc());
            return described.inherited() ? optional.asInherited() : optional;
        }
        return Key.of(name, type, byDefault(component, type, described.byDefault()), described.doc());
    }

    private static BodyPointer pointer(String text) {
        try {
            return BodyPointer.parse(text);
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException("it " + refused.getMessage(), refused);
        }
    }

    private static Type<?> type(java.lang.reflect.Type type, ConfigKey described) {
        if (type instanceof ParameterizedType collection) {
            java.lang.reflect.Type[] inner = collection.getActualTypeArguments();
            if (collection.getRawType() == List.class) {
                Type<?> item = type(inner[0], described);
                return new ListOf<>(item, item.sections().isEmpty());
            }
            return inner[1] == Object.class
                    ? Arguments.TYPE
                    : new MapOf<>(described.names().type(), "NAME", type(inner[1], described));
        }
        return type((Class<?>) type, described);
    }

    private static Type<?> type(Class<?> type, ConfigKey described) {
        if (type == int.class || type == Integer.class) {
            return Types.integer(described.range());
        }
        if (type == long.class) {
            return Sizes.within(described.range());
        }
        if (type == Duration.class) {
            return Durations.within(described.range());
        }
        if (type == String.class) {
            return described.text().type();
        }
        if (type.isEnum()) {
            return Types.choice(type);
        }
        if (type.isAnnotationPresent(ConfigSection.class)) {
            return RecordSection.section(type);
        }
        return Optional.ofNullable(BY_CLASS.get(type))
                .orElseThrow(() -> new IllegalStateException("No key can be of the " + type));
    }

    private static Object byDefault(RecordComponent component, Type<?> type, String[] written) {
        Class<?> raw = component.getType();
        if (written.length == 0 && raw == List.class) {
            return List.of();
        }
        if (written.length == 0 && raw == Map.class) {
            return Map.of();
        }
        if (written.length == 0) {
            return RecordSection.defaults(raw);
        }
        Reading reading = new Reading(Map.of());
        Object value = raw == List.class ? List.of(written) : written[0];
        return type.read(new Value("", value, reading))
                .orElseThrow(() -> new IllegalStateException(component + " has a bad default: " + reading.problems()));
    }
}
