package dev.busbar.access;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.auth.authentication.UsernamePasswordCredentials;
import io.vertx.ext.auth.htpasswd.HtpasswdAuth;
import io.vertx.ext.auth.htpasswd.HtpasswdAuthOptions;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Checks the passwords of an htpasswd file. The check is slow on purpose, so it runs on workers, one at a time for each
 * event loop, and a bounded number of checks waits. Checking an unknown user takes as long as checking a known one.
 */
final class Passwords {

    /** Longer passwords are refused, because they would only take longer to check. */
    private static final int MAX_PASSWORD_LENGTH = 256;

    private static final int MAX_WAITING_CHECKS = 100;

    private final Vertx vertx;
    private final HtpasswdAuth file;
    private final Set<String> users = new LinkedHashSet<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /** Reads the file on the calling thread, which must be a worker. */
    Passwords(Vertx vertx, String path) {
        this.vertx = vertx;
        file = HtpasswdAuth.create(vertx, new HtpasswdAuthOptions().setHtpasswdFile(path));
        vertx.fileSystem()
                .readFileBlocking(path)
                .toString()
                .lines()
                .map(String::trim)
                .filter(line -> !line.startsWith("#") && line.indexOf(':') > 0)
                .forEach(line -> users.add(line.substring(0, line.indexOf(':'))));
    }

    /** @return fails with an {@link AccessException} if the user or the password is wrong */
    Future<Void> check(String user, String password) {
        if (password.length() > MAX_PASSWORD_LENGTH) {
            return refused("the password is longer than " + MAX_PASSWORD_LENGTH + " characters");
        }
        if (waiting.incrementAndGet() > MAX_WAITING_CHECKS) {
            waiting.decrementAndGet();
            return refused("too many passwords wait to be checked; try again in a moment");
        }
        var known = users.contains(user);
        var credentials = new UsernamePasswordCredentials(known || users.isEmpty() ? user : anyUser(), password);
        return vertx.executeBlocking(() -> file.authenticate(credentials))
                .compose(checked -> checked)
                .map(matched -> known)
                .otherwise(false)
                .compose(valid -> {
                    waiting.decrementAndGet();
                    return valid ? Future.<Void>succeededFuture() : refused("user or password are wrong");
                });
    }

    private String anyUser() {
        return users.iterator().next();
    }

    private static Future<Void> refused(String why) {
        return Future.failedFuture(new AccessException(why));
    }
}
