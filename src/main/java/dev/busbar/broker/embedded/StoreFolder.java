package dev.busbar.broker.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Locks the folder where an embedded broker keeps its messages, so that only one broker uses it at a time. Derby and
 * Broker-J lock their own files too, but report a conflict only in the log.
 */
final class StoreFolder implements AutoCloseable {

    /**
     * The folders locked by this JVM. Must be checked before a lock is tried: on Unix, closing a second channel to a
     * locked file releases the lock of the first channel.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    /** With less free space a start may fail: Derby creates several files of a megabyte at once. */
    private static final long MIN_FREE_BYTES = 8 << 20;

    private final Path path;
    private final FileChannel channel;

    private StoreFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Creates the folder if it does not exist, and locks it. Blocks. */
    static StoreFolder open(String store) {
        Path path = create(Path.of(store).toAbsolutePath().normalize());
        if (!HELD.add(path)) {
            throw inUse(path, "another broker of this process");
        }
        FileChannel channel = null;
        try {
            Path lockFile = path.resolve("busbar.lock");
            channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                String pid = Files.readString(lockFile);
                throw inUse(path, pid.isBlank() ? "another process" : "another process (pid " + pid.strip() + ")");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new StoreFolder(path, channel);
        } catch (IOException e) {
            release(path, channel);
            throw unusable(path, "is not writable", e);
        } catch (RuntimeException e) {
            release(path, channel);
            throw e;
        }
    }

    Path path() {
        return path;
    }

    /** Returns what is wrong with the folder, and the remedy: its disk is full, or a file in it cannot be written. */
    Optional<String> problem() {
        try (Stream<Path> all = Files.walk(path)) {
            long free = Files.getFileStore(path).getUsableSpace();
            return free < MIN_FREE_BYTES
                    ? Optional.of(
                            "No space left on its disk, or hardly any: " + (free >> 10) + " KiB). Make room there")
                    : all.filter(file -> !Files.isWritable(file))
                            .findFirst()
                            .map(file -> "this user may not write to " + file + " in it). Give this user the right");
        } catch (UncheckedIOException unreadable) {
            return Optional.of("this user may not read all files in it). Give this user the right");
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        release(path, channel);
    }

    private static Path create(Path path) {
        if (Files.isRegularFile(path)) {
            throw unusable(path, "is a file, not a folder", null);
        }
        try {
            return Files.createDirectories(path).toRealPath();
        } catch (IOException e) {
            throw unusable(path, "cannot be created", e);
        }
    }

    private static void release(Path path, FileChannel channel) {
        try (channel) {
            HELD.remove(path);
        } catch (IOException e) {
            throw unusable(path, "cannot be unlocked", e);
        }
    }

    private static EmbeddedBrokerException inUse(Path path, String byWhom) {
        return new EmbeddedBrokerException("the store folder " + path + " is in use by " + byWhom
                + ": stop that one, or set broker.embedded.store to another folder");
    }

    private static EmbeddedBrokerException unusable(Path path, String how, IOException cause) {
        String why = cause == null ? "" : " (" + cause.getClass().getSimpleName() + ": " + cause.getMessage() + ")";
        return new EmbeddedBrokerException(
                "the store folder " + path + " " + how + why
                        + ": set broker.embedded.store to a folder that this user may write to, or to \"memory\"",
                cause);
    }
}
