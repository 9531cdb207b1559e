package dev.busbar.hub;

import dev.busbar.log.CleanLogger;
import dev.busbar.log.ThrottledLog;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/** Who listens to one filter on one branch. They may come and go while they are being called. */
final class FilterListeners {

    private static final Logger LOG = CleanLogger.of(FilterListeners.class);

    private final Set<Registration> members = new LinkedHashSet<>();
    private final ThrottledLog complaints;
    /** Made anew, never changed; {@code null} when out of date. */
    private Registration[] present;

    FilterListeners(FilterBinding binding) {
        this.complaints = new ThrottledLog(LOG, Level.WARN, "filter '" + binding.filter() + "'");
    }

    void add(Registration member) {
        members.add(member);
        present = null;
    }

    /** @return whether nobody is left */
    boolean remove(Registration member) {
        members.remove(member);
        present = null;
        return members.isEmpty();
    }

    Registration[] present() {
        if (present == null) {
            present = members.toArray(Registration[]::new);
        }
        return present;
    }

    void complain(Throwable failure) {
        complaints.add("a listener failed: " + failure);
        LOG.debug("a listener failed", failure);
    }
}
