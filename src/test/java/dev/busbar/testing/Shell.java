package dev.busbar.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a command to its end. */
public final class Shell {

    private Shell() {}

    /** Returns standard output; fails with all output unless the command ends with 0 within a minute. */
    public static String run(ProcessBuilder command) throws IOException {
        List<String> words = command.command();
        Path errors = Files.createTempFile("busbar", ".err");
        // Not a pipe, whose end would be waited for as long as any process has it.
        Path printed = Files.createTempFile("busbar", ".out");
        Process process = command.redirectError(errors.toFile())
                .redirectOutput(printed.toFile())
                .start();
        try {
            process.getOutputStream().close();
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            String output = new String(Files.readAllBytes(printed), StandardCharsets.UTF_8);
            if (!ended || process.exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", words) + (ended ? " failed:" : " does not end:") + "\n"
                        + output + Files.readString(errors));
            }
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in " + String.join(" ", words), e);
        } finally {
            process.destroyForcibly();
            Files.delete(errors);
            Files.delete(printed);
        }
    }
}
