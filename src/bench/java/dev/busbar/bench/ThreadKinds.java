package dev.busbar.bench;

import java.util.TreeMap;
import java.util.stream.Collectors;

/** The live threads of this JVM beyond its own, counted by kind of name. */
final class ThreadKinds {

    private ThreadKinds() {}

    static String describe() {
        var kinds = new TreeMap<String, Integer>();
        for (var thread : Thread.getAllStackTraces().keySet()) {
            var group = thread.getThreadGroup();
            if (group != null
                    && !group.getName().equals("system")
                    && !thread.getName().equals("main")) {
                kinds.merge(thread.getName().replaceAll("[-: ]*[0-9.]+.*$", ""), 1, Integer::sum);
            }
        }
        return kinds.entrySet().stream()
                .map(kind -> kind.getValue() + " " + kind.getKey())
                .collect(Collectors.joining(", "));
    }
}
