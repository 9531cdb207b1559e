package dev.busbar.config;

import java.util.List;

/** The result of loading a configuration. */
public sealed interface LoadedConfig {

    /** The name of the file or text. */
    String source();

    /** A configuration that can be used, with warnings. */
    record Valid(String source, BusbarConfig config, List<Problem> warnings) implements LoadedConfig {
        public Valid {
            warnings = List.copyOf(warnings);
        }
    }

    /** The problems of a configuration that cannot be used: at least one, in the order of the file. */
    record Invalid(String source, List<Problem> problems) implements LoadedConfig {
        public Invalid {
            problems = List.copyOf(problems);
        }

        /** Returns all problems, one on each line. */
        public String describe() {
            return InvalidConfigException.describe(source, problems);
        }
    }

    /** @throws InvalidConfigException if it is {@link Invalid} */
    default BusbarConfig orThrow() {
        if (this instanceof Valid valid) {
            return valid.config();
        }
        throw new InvalidConfigException(source(), ((Invalid) this).problems());
    }
}
