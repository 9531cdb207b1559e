package dev.busbar.wamp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.Shell;
import dev.busbar.testing.broker.EmbeddedBrokerJ;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Runs Buildbot's own message queue, which relies on getting back the events that it publishes and subscribes to. */
abstract class BuildbotMqContract extends WampFixture {

    private static final String ROUNDS = "100";

    BuildbotMqContract() {
        super(EmbeddedBrokerJ.shared());
    }

    /** Returns the Python in which Buildbot is installed. */
    abstract Path python();

    @Test
    void whatAMasterProducesComesBackToWhatItHasJustBegunToConsume() throws IOException {
        var python = python().toString();
        serve();

        var well = Shell.run(new ProcessBuilder(
                python,
                Path.of("src/test/resources/buildbot/mq.py").toAbsolutePath().toString(),
                url().replaceFirst("^http", "ws") + "/wamp",
                ROUNDS));

        assertThat(well.strip()).isEqualTo(ROUNDS);
        eventually(() -> assertThat(wamp.counts().sockets()).isZero());
        assertThat(wamp.counts().failed()).isZero();
    }
}
