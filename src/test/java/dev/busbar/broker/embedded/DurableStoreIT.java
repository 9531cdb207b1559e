package dev.busbar.broker.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.config.EmbeddedConfig;
import dev.busbar.config.Secret;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class DurableStoreIT {

    private final Vertx vertx = Vertx.vertx();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void keepsQueuesBindingsAndMessagesThroughAStopEvenIfTheFolderMoves() throws Exception {
        Path first = folder.resolve("first");
        EmbeddedBroker broker = start(first);
        try (Amqp amqp = Amqp.connect(broker.uri())) {
            amqp.channel().exchangeDeclare("busbar", "topic", true);
            amqp.declareDurable("finished");
            amqp.channel().queueBind("finished", "busbar", "builds.*.finished");
            amqp.publishConfirmed("finished", "before".getBytes(UTF_8));
        }
        broker.stop().await();
        Path second = Files.move(first, folder.resolve("second"));

        broker = start(second);

        try (Amqp amqp = Amqp.connect(broker.uri())) {
            assertThat(amqp.get("finished")).asString(UTF_8).isEqualTo("before");
            amqp.channel().basicPublish("busbar", "builds.1.finished", null, "after".getBytes(UTF_8));
            amqp.channel().waitForConfirmsOrDie();
            assertThat(amqp.get("finished")).asString(UTF_8).isEqualTo("after");
        }
        broker.stop().await();
        assertThat(first).doesNotExist();
        assertThat(Path.of("derby.log")).doesNotExist();
    }

    @Test
    void saysWhichFolderAnotherBrokerOfThisProcessUses() throws Exception {
        EmbeddedBroker broker = start(folder);

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> start(folder))
                    .isInstanceOf(EmbeddedBrokerException.class)
                    .hasMessageContaining(folder.toRealPath().toString())
                    .hasMessageContaining("in use by another broker of this process")
                    .hasMessageContaining("broker.embedded.store");
        }

        broker.stop().await();
        start(folder).stop().await();
    }

    @Test
    void saysWhichProcessUsesTheFolder() throws Exception {
        Process other = holdLock(folder);
        try {
            assertThatThrownBy(() -> start(folder))
                    .isInstanceOf(EmbeddedBrokerException.class)
                    .hasMessageContaining(folder.toRealPath().toString())
                    .hasMessageContaining("in use by another process (pid " + other.pid() + ")");
        } finally {
            other.destroyForcibly().waitFor();
        }
        start(folder).stop().await();
    }

    @Test
    void saysThatTheStoreIsAFile() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> start(file))
                .isInstanceOf(EmbeddedBrokerException.class)
                .hasMessageContaining(file + " is a file");
    }

    @Test
    void saysThatTheFolderIsNotWritable() throws Exception {
        Files.createFile(folder.resolve("file"));
        Path belowAFile = folder.resolve("file/store");
        Path readOnly = Path.of("/proc/self");

        assertThatThrownBy(() -> start(belowAFile))
                .isInstanceOf(EmbeddedBrokerException.class)
                .hasMessageContaining(belowAFile + " cannot be created");
        assertThatThrownBy(() -> start(readOnly))
                .isInstanceOf(EmbeddedBrokerException.class)
                .hasMessageContaining("is not writable")
                .hasMessageContaining("broker.embedded.store");
    }

    @Test
    void saysThatTheStoreIsNotOne() throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("definitions")).resolve("default.json"), "no JSON");

        assertThatThrownBy(() -> start(folder))
                .isInstanceOf(EmbeddedBrokerException.class)
                .hasMessageContaining("cannot open its store (" + folder + ")");
        Files.delete(folder.resolve("definitions/default.json"));
        start(folder).stop().await();
    }

    private EmbeddedBroker start(Path store) {
        return EmbeddedBroker.start(
                        vertx, new EmbeddedConfig("127.0.0.1", 0, store.toString(), "guest", new Secret("guest")))
                .await();
    }

    /** Runs another JVM that locks the folder as a broker would, until it is destroyed. */
    private static Process holdLock(Path folder) throws IOException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        InputStream output = process.getInputStream();
        assertThat(output.read()).isEqualTo('!');
        return process;
    }

    /** Opens the store folder named on the command line, prints {@code !}, and waits to be destroyed. */
    static final class LockHolder {

        private LockHolder() {}

        public static void main(String[] arguments) throws Exception {
            Stream.of(arguments).forEach(StoreFolder::open);
            System.out.write('!');
            System.out.flush();
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
