package dev.busbar.config;

import dev.busbar.text.UserFacingFailure;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration, or a part of it, cannot be used. Has every problem, not just the first. */
public final class InvalidConfigException extends IllegalArgumentException implements UserFacingFailure {

    private final transient List<Problem> problems;

    InvalidConfigException(String source, List<Problem> problems) {
        super(describe(source, problems));
        this.problems = List.copyOf(problems);
    }

    InvalidConfigException(String value, String message, String remedy) {
        this("", List.of(new Problem("", value, message, remedy)));
    }

    /**
     * Returns every problem that was found.
     *
     * @return at least one
     */
    public List<Problem> problems() {
        return problems;
    }

    InvalidConfigException under(String parent) {
        return new InvalidConfigException(
                "", problems.stream().map(problem -> problem.under(parent)).toList());
    }

    static String describe(String source, List<Problem> problems) {
        String subject = source.isEmpty() ? "The configuration" : source;
        return problems.stream()
                .map(problem -> "  - " + problem)
                .collect(Collectors.joining(
                        "\n",
                        subject + " has " + (problems.size() == 1 ? "a problem" : problems.size() + " problems")
                                + ":\n",
                        ""));
    }
}
