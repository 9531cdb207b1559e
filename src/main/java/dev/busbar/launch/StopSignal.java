package dev.busbar.launch;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Ctrl-C and SIGTERM as a request: the first completes {@link #received}, a second ends the process at once with 128
 * and its number. Not a shutdown hook, for after one the exit code is the signal's and a second signal does nothing.
 */
final class StopSignal {

    private final CompletableFuture<Integer> received = new CompletableFuture<>();

    private StopSignal() {}

    /** For the rest of the process's life. Where the JVM leaves signals alone ({@code -Xrs}), they end it at once. */
    static StopSignal listen() {
        var stop = new StopSignal();
        for (var name : List.of("INT", "TERM")) {
            try {
                stop.handle(name);
            } catch (ReflectiveOperationException | IllegalArgumentException e) {
                // Not to be had: the signal keeps its usual effect.
            }
        }
        return stop;
    }

    /** Completes with the signal's number. */
    CompletableFuture<Integer> received() {
        return received;
    }

    /** By reflection, because the compiler warns of {@code sun.misc} in a way that cannot be suppressed. */
    private void handle(String name) throws ReflectiveOperationException {
        var signal = Class.forName("sun.misc.Signal");
        var handler = Class.forName("sun.misc.SignalHandler");
        var number = (int) signal.getMethod("getNumber")
                .invoke(signal.getConstructor(String.class).newInstance(name));
        var proxy = Proxy.newProxyInstance(
                handler.getClassLoader() == null ? getClass().getClassLoader() : handler.getClassLoader(),
                new Class<?>[] {handler},
                (self, method, arguments) -> switch (method.getName()) {
                    case "handle" -> {
                        if (!received.complete(number)) {
                            Runtime.getRuntime().halt(128 + number);
                        }
                        yield null;
                    }
                    case "hashCode" -> System.identityHashCode(self);
                    case "equals" -> self == arguments[0];
                    default -> "StopSignal " + name;
                });
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    }
}
