package dev.busbar.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Packages of npm, in the versions that a folder of the test resources names. */
public final class NodePackages {

    private NodePackages() {}

    /**
     * Installs them below {@code target}, unless they are there; skips or fails the test if they cannot be had.
     *
     * @return where node finds them
     */
    public static Path of(String resources) throws IOException {
        var npm = Requirement.command("npm", "npm").orSkip();
        var wanted = Path.of("src/test/resources", resources, "package.json");
        var folder = Files.createDirectories(Path.of("target/node", resources).toAbsolutePath());
        var installed = folder.resolve("installed.json");
        if (!Files.exists(installed) || Files.mismatch(wanted, installed) >= 0) {
            Files.copy(wanted, folder.resolve("package.json"), StandardCopyOption.REPLACE_EXISTING);
            install(npm, folder).orSkip();
            Files.copy(wanted, installed, StandardCopyOption.REPLACE_EXISTING);
        }
        return folder.resolve("node_modules");
    }

    private static Requirement install(Path npm, Path folder) throws IOException {
        try {
            Shell.run(new ProcessBuilder(
                            npm.toString(),
                            "install",
                            "--ignore-scripts",
                            "--no-audit",
                            "--no-fund",
                            "--no-package-lock")
                    .directory(folder.toFile()));
            return new Requirement(Optional.of(folder), "");
        } catch (IllegalStateException unreachable) {
            return new Requirement(Optional.empty(), "npm cannot install it: " + unreachable.getMessage());
        }
    }
}
