package dev.busbar.launch;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Turns Ctrl-C and SIGTERM into a request to stop. The first signal completes {@link #received}; a second one ends the
 * process at once, with 128 plus its number as exit code. A shutdown hook would not do: the exit code would be the
 * signal's, and a second signal would have no effect.
 */
final class StopSignal {

    private final CompletableFuture<Integer> received = new CompletableFuture<>();

    private StopSignal() {}

    /**
     * Handles signals until the process ends. With {@code -Xrs} the JVM handles none, and they end the process at once.
     */
    static StopSignal listen() {
        var stop = new StopSignal();
        for (var name : List.of("INT", "TERM")) {
            try {
                stop.handle(name);
            } catch (ReflectiveOperationException | IllegalArgumentException e) {
                // This JVM does not let the signal be handled: it keeps its usual effect.
            }
        }
        return stop;
    }

    /** Completes with the signal's number. */
    CompletableFuture<Integer> received() {
        return received;
    }

    /** Installs the handler by reflection, as the compiler's warnings about {@code sun.misc} cannot be suppressed. */
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
