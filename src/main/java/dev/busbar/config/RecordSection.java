package dev.busbar.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The section that the annotations of a record describe. The annotations are read once for each record; a mistake in
 * them is an {@link IllegalStateException}.
 *
 * @param components in the order of the record's constructor
 */
record RecordSection<S>(Section<S> section, List<Component> components, Constructor<S> constructor) {

    private static final ClassValue<RecordSection<?>> KNOWN = new ClassValue<>() {
        @Override
        protected RecordSection<?> computeValue(Class<?> type) {
            return read(type);
        }
    };

    /**
     * A component and its key.
     *
     * @param group the name of the group the key is in, or empty
     */
    record Component(String group, Key<Object> key, Method accessor) {

        private String name() {
            return accessor.getName();
        }

        private Object valueIn(Section.Values values) {
            return group.isEmpty()
                    ? values.get(key.name())
                    : values.<Section.Values>get(group).get(key.name());
        }

        private Object valueOf(Object section) {
            return call(() -> accessor.invoke(section));
        }
    }

    @SuppressWarnings("unchecked") // read from that very class
    private static <S> RecordSection<S> of(Class<S> type) {
        return (RecordSection<S>) KNOWN.get(type);
    }

    static <S> Section<S> section(Class<S> type) {
        return of(type).section;
    }

    /** Returns the section with all its defaults; {@code null} if a key is required. */
    static <S> S defaults(Class<S> type) {
        return of(type).section.defaults().orElse(null);
    }

    /**
     * Checks the components of a record against their keys, for its constructor.
     *
     * @param values the values of all components, in their order
     */
    static void check(Class<? extends Record> type, Object... values) {
        List<Component> components = of(type).components;
        if (values.length != components.size()) {
            throw new IllegalStateException(type + " has " + components.size() + " components to check");
        }
        for (int i = 0; i < values.length; i++) {
            components.get(i).key.check(components.get(i).group, values[i]);
        }
    }

    /** Returns the values of a record by the names of its components, in their order; {@code null} among them. */
    static Map<String, Object> values(Record record) {
        Map<String, Object> values = new LinkedHashMap<>();
        of(record.getClass()).components.forEach(it -> values.put(it.name(), it.valueOf(record)));
        return values;
    }

    /** Makes a record whose components have their defaults, {@code null} if there is none, but for some of them. */
    static <S> S make(Class<S> type, Map<String, ?> values) {
        return of(type).make(values, component -> component.key.fallback());
    }

    /** Makes a record that is like another but for some of its components. */
    @SuppressWarnings("unchecked") // the class of that very record
    static <S extends Record> S copy(S like, Map<String, ?> values) {
        return of((Class<S>) like.getClass()).make(values, component -> component.valueOf(like));
    }

    private S make(Map<String, ?> values, Function<Component, Object> otherwise) {
        for (String name : values.keySet()) {
            if (components.stream().noneMatch(it -> it.name().equals(name))) {
                throw new IllegalStateException(constructor.getDeclaringClass() + " has no component " + name);
            }
        }
        return make(
                constructor,
                components.stream()
                        .map(it -> values.containsKey(it.name()) ? values.get(it.name()) : otherwise.apply(it))
                        .toArray());
    }

    private static <S> RecordSection<S> read(Class<S> type) {
        List<Component> components = Stream.of(type.getRecordComponents())
                .map(RecordSection::component)
                .toList();
        ConfigSection described = type.getAnnotation(ConfigSection.class);
        Constructor<S> constructor = constructor(type);
        Section<S> section = new Section<>(
                described.title(),
                described.intro(),
                fields(described, components),
                described.shorthand(),
                values -> make(
                        constructor,
                        components.stream().map(it -> it.valueIn(values)).toArray()));
        return new RecordSection<>(section, components, constructor);
    }

    private static Component component(RecordComponent component) {
        ConfigKey described = component.getAnnotation(ConfigKey.class);
        if (described == null) {
            throw new IllegalStateException(component + " has no key");
        }
        String path = described.name().isEmpty() ? component.getName() : described.name();
        int dot = path.indexOf('.');
        return new Component(
                path.substring(0, Math.max(0, dot)),
                ComponentKey.of(path.substring(dot + 1), component, described),
                component.getAccessor());
    }

    private static <S> List<Section.Field<S, ?>> fields(ConfigSection described, List<Component> components) {
        Map<String, Section.Field<S, ?>> fields = new LinkedHashMap<>();
        for (Component component : components) {
            if (component.group.isEmpty()) {
                fields.put(component.key.name(), component.key.from(component::valueOf));
            } else {
                fields.computeIfAbsent(component.group, name -> group(described, name, components));
            }
        }
        return List.copyOf(fields.values());
    }

    private static <S> Section.Field<S, ?> group(ConfigSection described, String name, List<Component> all) {
        ConfigSection.Group group = Stream.of(described.groups())
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow();
        List<Component> components =
                all.stream().filter(it -> it.group.equals(name)).toList();
        List<Section.Field<Section.Values, ?>> fields = new ArrayList<>();
        components.forEach(it -> fields.add(it.key.from(values -> values.get(it.key.name()))));
        Section<Section.Values> section = new Section<>(group.title(), "", fields, "", values -> values);
        Key<Section.Values> key = group.required()
                ? Key.required(name, section, group.doc())
                : Key.of(name, section, section.defaults().orElseThrow(), group.doc());
        return key.from(record -> {
            Section.Values values = new Section.Values(new HashMap<>());
            components.forEach(it -> values.byName().put(it.key.name(), it.valueOf(record)));
            return values;
        });
    }

    private static <S> Constructor<S> constructor(Class<S> type) {
        Class<?>[] types = Stream.of(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        return call(() -> type.getDeclaredConstructor(types));
    }

    /** @throws InvalidConfigException if the constructor refuses the values */
    private static <S> S make(Constructor<S> constructor, Object[] values) {
        return call(() -> constructor.newInstance(values));
    }

    private interface Reflective<T> {
        T call() throws ReflectiveOperationException;
    }

    private static <T> T call(Reflective<T> reflective) {
        try {
            return reflective.call();
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw new IllegalStateException(thrown);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
