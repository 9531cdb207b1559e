package dev.busbar.buildbot;

import dev.busbar.testing.DebianSuite;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;

/** Runs the scenarios with Buildbot 4.3, of Debian sid. */
class Buildbot4IT extends BuildbotContract {

    @BeforeAll
    static void start() throws Exception {
        start(DebianSuite.SID.program("buildbot").orSkip().getParent());
    }

    /** It ignores SIGTERM then. */
    @Override
    void stopWithoutRouter(BuildbotMaster master) throws IOException, InterruptedException {
        master.kill();
    }

    @Override
    List<String> kept() {
        return List.of("buildrequests.*.new", "buildrequests.*.unclaimed", "control.buildrequests.*.cancel");
    }
}
