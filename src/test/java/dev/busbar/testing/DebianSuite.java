package dev.busbar.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Another Debian than this machine's, in a folder that {@code .ci/install} has filled. */
public enum DebianSuite {
    TRIXIE,
    SID;

    /** A command that runs one of its programs from outside. */
    public Requirement program(String name) {
        String suite = name().toLowerCase(Locale.ROOT);
        Path program = root().resolve("bin-outside").resolve(name);
        return new Requirement(
                Optional.of(program).filter(Files::isExecutable),
                "there is no " + name + " of Debian " + suite + "; .ci/install brings it");
    }

    /** The folder that is the root for its programs. */
    Path root() {
        return Path.of(Optional.ofNullable(System.getenv("BUSBAR_CACHE")).orElse("/var/cache/busbar"))
                .resolve(name().toLowerCase(Locale.ROOT));
    }
}
