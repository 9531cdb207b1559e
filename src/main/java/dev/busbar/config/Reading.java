package dev.busbar.config;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects the problems of one reading of a configuration, and knows the lines of the file. */
final class Reading {

    private final Map<String, Integer> lines;
    private ExchangeConfig exchange;
    private final Set<Problem> problems = new LinkedHashSet<>();
    /**
     * The paths of values that cannot be read. They have their defaults for now, so that other problems are found too.
     */
    private final Set<String> doubtful = new HashSet<>();

    /** @param lines the line of each path; empty if there is no file */
    Reading(Map<String, Integer> lines) {
        this.lines = lines;
    }

    /** Has routes that name no exchange use this one. */
    void useExchange(ExchangeConfig shared) {
        exchange = shared;
    }

    /** What stands for an absent key. */
    Object fallback(Key<?> key) {
        return key.inherited() ? exchange : key.fallback();
    }

    /** A reading of the same configuration, whose problems nobody hears of. */
    Reading quietly() {
        Reading quiet = new Reading(Map.of());
        quiet.exchange = exchange;
        return quiet;
    }

    void report(Problem problem) {
        problems.add(located(problem));
    }

    /** Reports a problem unless it is about a value that cannot be read and has its default for now. */
    void reportIfCertain(Problem problem) {
        if (!isDoubtful(problem.path()) && problem.others().stream().noneMatch(this::isDoubtful)) {
            report(problem);
        }
    }

    /** Notes that a value cannot be read. */
    void doubt(String path) {
        doubtful.add(path);
    }

    /** Takes back a {@link #doubt}. */
    void trust(String path) {
        doubtful.remove(path);
    }

    /** Whether the value or one that contains it cannot be read; if the path ends with a dot, also one within it. */
    boolean isDoubtful(String path) {
        boolean deep = path.endsWith(".");
        String place = deep ? path.substring(0, path.length() - 1) : path;
        return doubtful.stream().anyMatch(it -> isWithin(place, it) || deep && isWithin(it, place));
    }

    private static boolean isWithin(String path, String parent) {
        return path.startsWith(parent)
                && (path.length() == parent.length()
                        || parent.isEmpty()
                        || ".[".indexOf(path.charAt(parent.length())) >= 0);
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    Problem located(Problem problem) {
        return problem.line() > 0 ? problem : problem.onLine(line(problem.path()));
    }

    /** Returns the line of the nearest value that is in the file: a missing key has the line of its section. */
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
