package dev.busbar.docs;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The keys of a configuration by their paths, as {@code configuration.md} has them, which is made from the schema. */
final class ConfigurationKeys {

    private static final Page PAGE = Page.of(Path.of("src/site/markdown/configuration.md"));
    private static final Pattern SECTION = Pattern.compile("`([\\w.\\[\\]]+)`(?:: .*)?");
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\|.*");
    private static final Pattern KEY = Pattern.compile(
            "(broker|exchange|routes\\[]|subscriptions|web|wamp|management|cluster)\\.(?!md|yaml|json)[a-zA-Z.]+(: .*)?");

    private ConfigurationKeys() {}

    static Set<String> all() {
        Collection<String> keys = new HashSet<>();
        var section = "";
        for (var line : PAGE.lines()) {
            var named = SECTION.matcher(line);
            var row = ROW.matcher(line);
            if (line.startsWith("## ")) {
                section = "";
            } else if (named.matches()) {
                section = named.group(1) + ".";
                keys.add(named.group(1));
            } else if (row.matches()) {
                keys.add(section + row.group(1));
            }
        }
        return Set.copyOf(keys);
    }

    /** Whether a text in backquotes is a path, from the top, with a value perhaps. */
    static boolean isKey(String span) {
        return KEY.matcher(span).matches();
    }
}
