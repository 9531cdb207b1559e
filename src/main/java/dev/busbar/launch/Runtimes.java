package dev.busbar.launch;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

/** The Vert.x instances commands run on. Without its cache of files, which nothing here needs and which takes time. */
final class Runtimes {

    private Runtimes() {}

    static Vertx forService() {
        return Vertx.vertx(options());
    }

    /** For one connection. */
    static Vertx small() {
        return Vertx.vertx(options().setEventLoopPoolSize(1).setWorkerPoolSize(2));
    }

    private static VertxOptions options() {
        return new VertxOptions()
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }
}
