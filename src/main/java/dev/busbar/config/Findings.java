package dev.busbar.config;

import java.util.ArrayList;
import java.util.List;

/** Collects the problems of a constructor's components, so that its exception can name all of them. */
final class Findings {

    private final List<Problem> problems = new ArrayList<>();

    Findings unless(boolean good, Problem problem) {
        if (!good) {
            problems.add(problem);
        }
        return this;
    }

    /** @param others the paths of what else the problem is about, as in {@link Problem#others} */
    Findings unless(boolean good, String path, Object value, String message, String remedy, String... others) {
        if (!good) {
            problems.add(new Problem(path, value == null ? null : value.toString(), message, remedy).involving(others));
        }
        return this;
    }

    void addAll(List<Problem> more) {
        problems.addAll(more);
    }

    List<Problem> all() {
        return List.copyOf(problems);
    }

    /** @throws InvalidConfigException if there are any */
    void raise() {
        if (!problems.isEmpty()) {
            throw new InvalidConfigException("", problems);
        }
    }
}
