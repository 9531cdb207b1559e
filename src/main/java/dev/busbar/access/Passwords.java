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
 * The users of an htpasswd file. To check a password is meant to be slow: it is done on workers, one for each event
 * loop at a time, and only so many wait. A user who does not exist takes as long as one who does.
 */
final class Passwords {

    /** A longer one would only make the check longer. */
    private static final int LONGEST = 256;

    private static final int MOST_WAITING = 100;

    private final Vertx vertx;
    private final HtpasswdAuth file;
    private final Set<String> users = new LinkedHashSet<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /** Reads the file, and blocks for it. */
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

    /** @return fails with an {@link AccessException} */
    Future<Void> check(String user, String password) {
        if (password.length() > LONGEST) {
            return refused("the password is longer than " + LONGEST + " characters");
        }
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            return refused("too many passwords wait to be checked; try again in a moment");
        }
        var known = users.contains(user);
        var credentials = new UsernamePasswordCredentials(known || users.isEmpty() ? user : anyUser(), password);
        return vertx.executeBlocking(() -> file.authenticate(credentials))
                .compose(checked -> checked)
                .map(right -> known)
                .otherwise(false)
                .compose(right -> {
                    waiting.decrementAndGet();
                    return right ? Future.<Void>succeededFuture() : refused("user or password are wrong");
                });
    }

    private String anyUser() {
        return users.iterator().next();
    }

    private static Future<Void> refused(String why) {
        return Future.failedFuture(new AccessException(why));
    }
}
