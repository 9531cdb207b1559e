package dev.busbar.launch;

import java.net.MalformedURLException;
import java.net.URL;
import org.apache.qpid.server.util.urlstreamhandler.classpath.Handler;

/**
 * URLs of the scheme {@code classpath:}, by which Broker-J finds its own files. It registers them in a way that works
 * only if the system's class loader has its classes, as in a plain {@code java -jar}, but not in {@code mvn exec:java}.
 */
final class ClasspathUrls {

    private static final String SCHEME = "classpath";

    private ClasspathUrls() {}

    static void register() {
        Handler.register();
        if (!known()) {
            URL.setURLStreamHandlerFactory(scheme -> scheme.equals(SCHEME) ? new Handler() : null);
        }
    }

    private static boolean known() {
        try {
            new URL(SCHEME + ":known");
            return true;
        } catch (MalformedURLException e) {
            return false;
        }
    }
}
