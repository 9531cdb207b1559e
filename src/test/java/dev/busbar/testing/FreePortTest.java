package dev.busbar.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreePortTest {

    private static final int PORTS = 3_000;

    /** With so many of so few, two JVMs that did not know of each other would give out some port twice. */
    @Test
    void noTwoJvmsGiveOutTheSamePort() throws Exception {
        List<Process> jvms = new ArrayList<>();
        try {
            for (int jvm = 0; jvm < 3; jvm++) {
                jvms.add(new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Claims.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
            }
            Set<String> given = new HashSet<>();
            for (Process jvm : jvms) {
                var output = new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8));
                for (int port = 0; port < PORTS; port++) {
                    assertThat(given.add(output.readLine())).isTrue();
                }
            }
        } finally {
            jvms.forEach(Process::destroyForcibly);
        }
    }

    /** Prints the ports that this JVM has been given, and keeps them until it is killed. */
    static final class Claims {

        public static void main(String[] arguments) throws InterruptedException {
            for (int port = 0; port < PORTS; port++) {
                System.out.println(FreePort.next());
            }
            Thread.currentThread().join();
        }
    }
}
