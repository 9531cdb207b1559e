package dev.busbar.buildbot;

import static dev.busbar.buildbot.BuildbotContract.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** All of the example: the broker, Busbar, the database, both masters and the worker. */
final class Masters {

    final Busbar busbar;
    final Postgres database;
    /** Has the scheduler. */
    final BuildbotMaster a;
    /** Has the worker. */
    final BuildbotMaster b;

    private final Example example;
    private RabbitNode broker;

    /** @param programs the folder of Buildbot's commands */
    Masters(Path folder, Path programs) throws IOException {
        example = new Example(folder, programs);
        busbar = new Busbar(example);
        database = new Postgres(example);
        a = new BuildbotMaster(example, "a");
        b = new BuildbotMaster(example, "b");
    }

    RabbitNode broker() {
        return broker;
    }

    /** In the order of the page, what does not need another side by side. */
    void start() throws Exception {
        var router = background(() -> {
            broker = RabbitNode.start(RabbitSettings.PLAIN);
            example.set("BUSBAR_BROKER", broker.amqpUri());
            busbar.start();
            return null;
        });
        database.start();
        a.create();
        b.create();
        example.run(Example.line("buildbot-worker create-worker ", ""));
        router.join();
        a.start();
        b.start();
        example.start(Example.line("buildbot-worker start ", "/worker"));
        a.awaitRunning();
        b.awaitRunning();
        awaitWorker();
    }

    private static CompletableFuture<Void> background(Callable<Void> work) {
        return CompletableFuture.runAsync(() -> {
            try {
                work.call();
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }

    void awaitWorker() {
        b.awaitSaid("Worker worker attached to builder");
    }

    /** Has builds wait in the middle. */
    void hold() throws IOException {
        Files.createFile(example.folder().resolve("hold"));
    }

    void release() throws IOException {
        Files.deleteIfExists(example.folder().resolve("hold"));
    }

    /** Told to {@code b}; has come from the broker when this returns. */
    void changeWhileAIsAway(String revision) throws IOException, InterruptedException {
        busbar.awaitSockets(1);
        b.tellChange(revision);
        await(revision).atMost(PATIENCE).until(() -> b.heard("changes." + database.change(revision) + ".new") == 1);
    }

    /** By one buildset, by {@code b}, and both have heard of it. */
    void awaitBuilt(String revision) {
        await(revision).atMost(PATIENCE).until(() -> database.isBuilt(revision));
        var event = "builds." + database.build(revision) + ".finished";
        for (var master : List.of(a, b)) {
            await(event).atMost(PATIENCE).until(() -> master.heard(event) == 1);
        }
        assertThat(database.master(revision)).isEqualTo("b");
        assertThat(database.buildsets(revision)).isEqualTo(1);
    }

    /** A later change shows that nothing more comes of it. */
    void awaitBuiltOnce(String revision) throws IOException, InterruptedException {
        awaitBuilt(revision);
        b.tellChange("after-" + revision);
        awaitBuilt("after-" + revision);
        awaitBuilt(revision);
    }

    /** Whatever has been started, and however far it came. */
    void stop() throws IOException, InterruptedException {
        release();
        database.stop();
        example.stop();
        if (broker != null) {
            broker.close();
        }
    }
}
