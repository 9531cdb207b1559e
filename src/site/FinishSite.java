import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Makes the links of the rendered site lead where they lead in the repository: names each heading as GitHub does, and
 * copies the files outside of the guide that its pages link to. Run with the folder of the site.
 */
public final class FinishSite {

    private static final Pattern HEADING = Pattern.compile("<h([1-6])>(?:<a [^>]*></a>)?(.*?)</h\\1>", Pattern.DOTALL);
    private static final Pattern OUTSIDE = Pattern.compile("href=\"\\.\\./\\.\\./\\.\\./([^\"]+)\"");

    public static void main(String[] args) throws IOException {
        var site = Path.of(args[0]);
        try (var pages = Files.list(site)) {
            for (var page : pages.filter(it -> it.toString().endsWith(".html")).toList()) {
                var named = HEADING.matcher(Files.readString(page))
                        .replaceAll(it -> "<h" + it.group(1) + " id=\"" + name(it.group(2)) + "\">"
                                + it.group(2).replace("\\", "\\\\").replace("$", "\\$") + "</h" + it.group(1) + ">");
                Files.writeString(page, OUTSIDE.matcher(named).replaceAll(it -> "href=\"" + copy(it.group(1), site) + "\""));
            }
        }
    }

    private static String name(String heading) {
        return heading.replaceAll("<[^>]*>", "")
                .replaceAll("&\\w+;", "")
                .strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    /** Doxia has made .html of .md there, too. */
    private static String copy(String linked, Path site) {
        var source = List.of(linked, linked.replaceAll("\\.html$", ".md")).stream()
                .filter(it -> Files.isRegularFile(Path.of(it)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a page links to " + linked + ", which does not exist"));
        var target = site.resolve("source").resolve(source);
        try {
            Files.createDirectories(target.getParent());
            Files.copy(Path.of(source), target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "source/" + source;
    }
}
