package dev.busbar.buildbot;

import dev.busbar.testing.Repeats;
import dev.busbar.testing.Requirement;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;

/** Runs the scenarios with the Buildbot that is installed: 3.7, where this Debian is bookworm. */
@Repeats
class Buildbot3IT extends BuildbotContract {

    @BeforeAll
    static void start() throws Exception {
        Requirement.command("buildbot-worker", "buildbot-worker").orSkip();
        Requirement.python("psycopg2", "python3-psycopg2").orSkip();
        start(Requirement.command("buildbot", "buildbot").orSkip().getParent());
    }

    @Override
    void stopWithoutRouter(BuildbotMaster master) throws IOException, InterruptedException {
        master.stop("TERM");
    }

    @Override
    List<String> kept() {
        return List.of("buildrequests.*.new", "buildrequests.*.unclaimed");
    }
}
