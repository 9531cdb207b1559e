package dev.busbar.docs;

import java.util.List;
import java.util.Map;

/**
 * A fenced example of a page.
 *
 * @param line of the page, where the fence opens
 * @param end the line where it closes
 * @param language as the fence names it; empty if it names none
 * @param marks what the comments above it say: {@code prints}, {@code not run}
 */
record Block(Page page, int line, int end, String language, Map<String, List<String>> marks, String text) {

    /** What it has to print. */
    List<String> prints() {
        return marks.getOrDefault("prints", List.of());
    }

    /** Whether it says that it cannot be run, and why. */
    boolean isExcused() {
        return marks.containsKey("not run");
    }

    @Override
    public String toString() {
        return page + ":" + line + " " + language;
    }
}
