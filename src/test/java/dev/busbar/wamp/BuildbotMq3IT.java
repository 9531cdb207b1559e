package dev.busbar.wamp;

import dev.busbar.testing.Repeats;
import dev.busbar.testing.Requirement;
import java.nio.file.Path;

/** Runs with the installed Buildbot: 3.7 on Debian bookworm. */
@Repeats
class BuildbotMq3IT extends BuildbotMqContract {
    @Override
    Path python() {
        return Requirement.python("buildbot", "buildbot").orSkip();
    }
}
