package dev.busbar.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

/** Loads a configuration from the text in a test, and returns its values, problems or warnings. */
final class Loading {

    private Loading() {}

    static LoadedConfig load(String yaml, Map<String, String> environment) {
        return ConfigLoader.withEnvironment(environment::get).parseText(yaml, "test.yaml");
    }

    static BusbarConfig config(String yaml) {
        return load(yaml, Map.of()).orThrow();
    }

    static List<Problem> problems(String yaml) {
        return problems(yaml, Map.of());
    }

    static List<Problem> problems(String yaml, Map<String, String> environment) {
        LoadedConfig loaded = load(yaml, environment);
        assertThat(loaded).as(yaml).isInstanceOf(LoadedConfig.Invalid.class);
        return ((LoadedConfig.Invalid) loaded).problems();
    }

    static List<Problem> warnings(String yaml) {
        LoadedConfig loaded = load(yaml, Map.of());
        assertThat(loaded).as(yaml).isInstanceOf(LoadedConfig.Valid.class);
        return ((LoadedConfig.Valid) loaded).warnings();
    }

    /** Returns the text of a configuration that has only these routes. */
    static String routes(String... routes) {
        return "routes:\n- " + String.join("\n- ", routes);
    }

    static InboundRoute inbound(String route) {
        return (InboundRoute) config(routes(route)).routes().get(0);
    }

    static OutboundRoute outbound(String route) {
        return (OutboundRoute) config(routes(route)).routes().get(0);
    }
}
