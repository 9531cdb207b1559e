package dev.busbar.hub;

import dev.busbar.log.CleanLogger;
import dev.busbar.log.ThrottledLog;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/** The listeners of one filter on one listener loop. Listeners may come and go while they are being called. */
final class FilterListeners {

    private static final Logger LOG = CleanLogger.of(FilterListeners.class);

    private final Set<Registration> registrations = new LinkedHashSet<>();
    private final ThrottledLog warnings;
    /** A copy of the registrations, which is replaced and never changed; {@code null} when out of date. */
    private Registration[] present;

    FilterListeners(FilterBinding binding) {
        this.warnings = new ThrottledLog(LOG, Level.WARN, "filter '" + binding.filter() + "'");
    }

    void add(Registration registration) {
        registrations.add(registration);
        present = null;
    }

    /** Returns whether no listener is left. */
    boolean remove(Registration registration) {
        registrations.remove(registration);
        present = null;
        return registrations.isEmpty();
    }

    Registration[] present() {
        if (present == null) {
            present = registrations.toArray(Registration[]::new);
        }
        return present;
    }

    void complain(Throwable failure) {
        warnings.add("a listener failed: " + failure);
        LOG.debug("a listener failed", failure);
    }
}
