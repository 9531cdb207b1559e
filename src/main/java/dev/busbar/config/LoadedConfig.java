package dev.busbar.config;

import java.util.List;

/** What loading a configuration came to. */
public sealed interface LoadedConfig {

    /** Where it was read from. */
    String source();

    /** A configuration that can be used, and what is probably not meant in it. */
    record Valid(String source, BusbarConfig config, List<Problem> warnings) implements LoadedConfig {
        public Valid {
            warnings = List.copyOf(warnings);
        }
    }

    /** Everything that keeps it from being used; at least one problem, in the order of the file. */
    record Invalid(String source, List<Problem> problems) implements LoadedConfig {
        public Invalid {
            problems = List.copyOf(problems);
        }

        /** All problems, one to a line. */
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
