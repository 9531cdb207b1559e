package dev.busbar.deploy;

import dev.busbar.launch.CommandLineRun;
import java.util.regex.Pattern;

/** How long a clean stop may take, as the help of {@code run} says. */
final class StopTime {

    private static final Pattern SAID =
            Pattern.compile("within\\s+(\\d+)\\s+seconds.*?within\\s+(\\d+)", Pattern.DOTALL);

    /** Of a node of a cluster, which takes longest. */
    static final int MAX_SECONDS = Integer.parseInt(read());

    private StopTime() {}

    private static String read() {
        var said = SAID.matcher(CommandLineRun.of("run", "--help").out());
        if (!said.find()) {
            throw new IllegalStateException("the help of run no longer says how long a stop takes");
        }
        return said.group(2);
    }
}
