package dev.busbar.wamp;

import dev.busbar.testing.DebianSuite;
import java.nio.file.Path;

/** Runs with Buildbot 4.3 of Debian sid. */
class BuildbotMq4IT extends BuildbotMqContract {
    @Override
    Path python() {
        return DebianSuite.SID.program("python3").orSkip();
    }
}
