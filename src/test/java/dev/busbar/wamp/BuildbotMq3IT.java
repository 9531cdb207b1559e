package dev.busbar.wamp;

import dev.busbar.testing.Repeats;
import dev.busbar.testing.Requirement;
import java.nio.file.Path;

/** With the Buildbot that is installed: 3.7, where this Debian is bookworm. */
@Repeats
class BuildbotMq3IT extends BuildbotMqScenarios {
    @Override
    Path python() {
        return Requirement.python("buildbot", "buildbot").orSkip();
    }
}
