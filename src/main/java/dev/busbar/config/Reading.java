package dev.busbar.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one reading of a configuration has found, and where things are in the file. */
final class Reading {

    private final Map<String, Integer> lines;
    private final Set<Problem> problems = new LinkedHashSet<>();

    /** @param lines the line of each path; empty if there is no file */
    Reading(Map<String, Integer> lines) {
        this.lines = lines;
    }

    void report(Problem problem) {
        problems.add(located(problem));
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    Problem located(Problem problem) {
        return problem.line() > 0 ? problem : problem.onLine(line(problem.path()));
    }

    /** The line of the nearest thing that is in the file: a missing key has the line of its section. */
    private int line(String path) {
        for (String at = path; !at.isEmpty(); at = parent(at)) {
            Integer line = lines.get(at);
            if (line != null) {
                return line;
            }
        }
        return 0;
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }
}
