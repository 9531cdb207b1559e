package dev.busbar.buildbot;

import static dev.busbar.buildbot.BuildbotContract.PATIENCE;
import static org.awaitility.Awaitility.await;

import dev.busbar.launch.Command;
import dev.busbar.testing.Requirement;
import dev.busbar.testing.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The masters' database, and what is to be read there. Of its own, and run as nobody's superuser, as it insists. */
final class Postgres {

    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private final Example example;
    private final Path programs = Requirement.postgres().orSkip().getParent();
    private Command server;

    Postgres(Example example) {
        this.example = example;
    }

    void start() throws IOException, InterruptedException {
        if (ROOT) {
            var folder = Files.createDirectory(example.folder().resolve("database"));
            Files.setPosixFilePermissions(example.folder(), PosixFilePermissions.fromString("rwxr-xr-x"));
            Shell.run(new ProcessBuilder("chown", "postgres", folder.toString()));
        }
        example.run(own(Example.line("initdb ", "")));
        server = example.start(own(Example.line("postgres ", "")));
        await().atMost(PATIENCE).until(() -> server.err().contains("ready to accept connections"));
    }

    private String own(String line) {
        var user = ROOT ? "setpriv --reuid=postgres --regid=postgres --clear-groups " : "";
        return "env --chdir=/ " + user + programs + "/" + line;
    }

    private String ask(String query) {
        try {
            return Shell.run(new ProcessBuilder(
                            programs.resolve("psql").toString(), "-Atc", query, example.get("DATABASE")))
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The number of the only change with the revision; empty if there is none yet. */
    String change(String revision) {
        return ask("select changeid from changes where revision = '" + revision + "'");
    }

    int buildsets(String revision) {
        return Integer.parseInt(ask("select count(*) from " + buildsetsOf(revision)));
    }

    /** The only build of the revision; empty if there is none yet. */
    String build(String revision) {
        return ofBuild("b.id", revision);
    }

    /** The folder of the master whose it is. */
    String master(String revision) {
        return ofBuild("m.name", revision).replaceFirst(".*/", "");
    }

    boolean isBuilt(String revision) {
        return "0".equals(ofBuild("b.results", revision));
    }

    private String ofBuild(String what, String revision) {
        return ask("select " + what + " from builds b join masters m on m.id = b.masterid"
                + " join buildrequests r on r.id = b.buildrequestid where r.buildsetid in (select x.buildsetid from "
                + buildsetsOf(revision) + ")");
    }

    private static String buildsetsOf(String revision) {
        return "buildset_sourcestamps x join sourcestamps s on s.id = x.sourcestampid where s.revision = '" + revision
                + "'";
    }

    /** At once, but not by force: that would leave shared memory behind. */
    void stop() throws IOException, InterruptedException {
        if (server != null && server.isRunning()) {
            server.signal("QUIT");
            server.exit();
        }
    }
}
