package dev.busbar.launch;

import java.util.List;
import picocli.CommandLine.IVersionProvider;

/** Says which Busbar runs, by the jar's manifest, on which Java and operating system. */
final class VersionProvider implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {busbar(), java()};
    }

    /** Returns all that a bug report should name. */
    static List<String> versions() {
        return List.of(busbar(), java(), System.getProperty("os.name") + " " + System.getProperty("os.version"));
    }

    private static String busbar() {
        var version = VersionProvider.class.getPackage().getImplementationVersion();
        return "busbar " + (version == null ? "(not packaged)" : version);
    }

    private static String java() {
        return "Java " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")";
    }
}
