package dev.busbar.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The installed nginx, with what a test puts into its {@code http} block, and a folder of its own. */
public final class Nginx implements AutoCloseable {

    private static final String MAIN = """
            daemon off;
            master_process off;
            worker_processes 1;
            error_log stderr;
            pid FOLDER/nginx.pid;
            events {}
            http {
              log_format requests '$request_method $uri $status';
              access_log FOLDER/requests requests;
              client_body_temp_path FOLDER/body;
              proxy_temp_path FOLDER/proxy;
              fastcgi_temp_path FOLDER/fastcgi;
              uwsgi_temp_path FOLDER/uwsgi;
              scgi_temp_path FOLDER/scgi;
              HTTP
            }
            """;

    private final Path folder;
    private final Process process;

    private Nginx(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    /** Skips the test, or fails it, where there is none. */
    public static Nginx start(Path folder, String http, int port) throws IOException {
        var program = Requirement.command("nginx", "nginx-light").orSkip();
        var config = folder.resolve("nginx.conf");
        Files.writeString(config, MAIN.replace("HTTP", http).replace("FOLDER", folder.toString()));
        var process = new ProcessBuilder(program.toString(), "-p", folder.toString(), "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        var nginx = new Nginx(folder, process);
        await().until(() -> nginx.listens(port));
        return nginx;
    }

    private boolean listens(int port) throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException(Files.readString(folder.resolve("output")));
        }
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** One line each: method, path as it was asked for, status. */
    public List<String> requests() throws IOException {
        return Files.readAllLines(folder.resolve("requests"));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
