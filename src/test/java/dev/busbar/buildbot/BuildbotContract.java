package dev.busbar.buildbot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.Slow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs two Buildbot masters, a worker and PostgreSQL, as in {@code conf/buildbot}, and what may befall them. */
@Timeout(300)
@ExtendWith(RabbitExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class BuildbotContract {

    /** Far more than anything here takes; a machine may be busy. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private static Path folder;

    private static Masters all;

    /** Starts all with the programs of one folder. */
    static void start(Path programs) throws Exception {
        all = new Masters(folder, programs);
        Runtime.getRuntime().addShutdownHook(new Thread(BuildbotContract::stopAll));
        all.start();
    }

    private static void stopAll() {
        try {
            all.stop();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void letBuildsEnd() throws IOException {
        all.release();
    }

    /** Nothing is left running, whatever has failed. */
    @AfterAll
    static void stop() {
        if (all != null) {
            stopAll();
            await().until(() -> ProcessHandle.allProcesses()
                    .flatMap(process -> process.info().commandLine().stream())
                    .noneMatch(line -> line.contains(folder.toString())));
        }
    }

    @Test
    @Order(1)
    void aChangeToldToOneIsBuiltByTheOthersWorkerAndBothHearOfIt() throws Exception {
        all.a.tellChange("first");

        all.awaitBuilt("first");
    }

    /** What both masters subscribe to, of what is kept unless told otherwise. */
    abstract List<String> kept();

    @Slow
    @Test
    @Order(1)
    void whatIsKeptForMastersIsWhatTheySubscribeTo() {
        for (var filter : kept()) {
            assertThat(all.broker().ctl("list_queues", "name").lines())
                    .filteredOn(name -> name.startsWith("busbar.wamp.") && name.contains("." + filter + "."))
                    .as(filter)
                    .hasSizeGreaterThanOrEqualTo(2);
        }
    }

    @Test
    @Order(2)
    void theBrokerIsKilledAmidABuildAndTheMastersLiveOnAndTheBuildEnds() throws Exception {
        all.hold();
        all.a.tellChange("amid");
        await().atMost(PATIENCE).until(() -> !all.database.build("amid").isEmpty());
        var began = "builds." + all.database.build("amid") + ".new";
        await().atMost(PATIENCE).until(() -> all.a.heard(began) == 1 && all.b.heard(began) == 1);

        all.broker().kill();
        all.release();
        await().atMost(PATIENCE).until(() -> all.database.isBuilt("amid"));
        all.b.tellChange("told-meanwhile");
        all.broker().start();

        all.awaitBuilt("amid");
        all.awaitBuilt("told-meanwhile");
        all.a.tellChange("later");
        all.awaitBuilt("later");
        all.busbar.awaitSockets(2);
    }

    @Test
    @Order(3)
    void aMasterThatWasKilledGetsWhatItMissedOnce() throws Exception {
        all.a.kill();
        all.changeWhileAIsAway("missed");
        all.a.start();
        all.a.awaitRunning();

        all.awaitBuiltOnce("missed");
        assertThat(all.a.heard("changes." + all.database.change("missed") + ".new"))
                .isEqualTo(1);
    }

    @Slow
    @Test
    @Order(4)
    void aMasterThatWasStoppedHasMissedWhatCameMeanwhile() throws Exception {
        all.a.stop("TERM");
        all.changeWhileAIsAway("unseen");
        all.a.start();
        all.a.awaitRunning();

        all.b.tellChange("after-unseen");

        all.awaitBuilt("after-unseen");
        assertThat(all.database.buildsets("unseen")).isZero();
        assertThat(all.a.heard("changes." + all.database.change("unseen") + ".new"))
                .isZero();
    }

    /** Ends a master that has lost its router for good, as its release allows. */
    abstract void stopWithoutRouter(BuildbotMaster master) throws IOException, InterruptedException;

    /** The next is one with {@code parking.afterStop}. */
    @Slow
    @Test
    @Order(5)
    void noMasterComesBackToItsRouterUnlessItIsRestartedOnceThatIsReady() throws Exception {
        all.busbar.stop();
        for (var master : List.of(all.a, all.b)) {
            master.awaitSaid("Guru meditation! We have been disconnected from wamp server");
            master.awaitSaid("BuildMaster is stopped");
            assertThat(master.isRunning()).isTrue();
            stopWithoutRouter(master);
        }
        all.a.start();
        all.a.awaitSaid("BuildMaster is running");
        all.busbar.startKeepingAfterStop();
        all.b.start();
        all.b.awaitRunning();
        all.busbar.awaitSockets(1);
        all.a.stop("TERM");
        all.a.start();
        all.a.awaitRunning();
        all.awaitWorker();
        all.a.tellChange("with-the-next");
        all.awaitBuilt("with-the-next");

        all.a.stop("INT");
        all.changeWhileAIsAway("kept");
        all.a.start();
        all.a.awaitRunning();
        all.awaitBuiltOnce("kept");
    }
}
