package dev.busbar.config;

import java.util.List;

/** Holds a configuration that was loaded, or the problems that keep it from being used. */
public sealed interface LoadedConfig {

    /**
     * Returns where it was read from.
     *
     * @return a file, or what the text was called
     */
    String source();

    /**
     * Holds a configuration that can be used.
     *
     * @param source where it was read from
     * @param config what was read
     * @param warnings what is probably not meant in it
     */
    record Valid(String source, BusbarConfig config, List<Problem> warnings) implements LoadedConfig {
        public Valid {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Holds everything that keeps a configuration from being used.
     *
     * @param source where it was read from
     * @param problems at least one, in the order of the file
     */
    record Invalid(String source, List<Problem> problems) implements LoadedConfig {
        public Invalid {
            problems = List.copyOf(problems);
        }

        /**
         * Describes all problems.
         *
         * @return one to a line
         */
        public String describe() {
            return InvalidConfigException.describe(source, problems);
        }
    }

    /**
     * Returns the configuration.
     *
     * @return that of {@link Valid}
     * @throws InvalidConfigException if it is {@link Invalid}
     */
    default BusbarConfig orThrow() {
        if (this instanceof Valid valid) {
            return valid.config();
        }
        throw new InvalidConfigException(source(), ((Invalid) this).problems());
    }
}
