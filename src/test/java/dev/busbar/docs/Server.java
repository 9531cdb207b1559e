package dev.busbar.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.launch.Command;
import java.io.IOException;

/** A {@code busbar run} of an example, up until it is closed. */
final class Server implements AutoCloseable {

    private final Checkout checkout;
    private final Command run;

    /** Returns when everything is up. */
    Server(Checkout checkout, String line) throws IOException {
        this.checkout = checkout;
        this.run = checkout.start(line);
        run.printing("Ctrl-C stops it.", Prints.PATIENCE);
    }

    Checkout checkout() {
        return checkout;
    }

    /** Stops it as Ctrl-C does: cleanly, with nothing to complain of. */
    void stop() throws IOException, InterruptedException {
        run.signal("INT");
        assertThat(run.exit()).isZero();
        // The demo sends a broken message, so that there is one to look at.
        Prints.assertQuiet(run.err().replaceAll(".* dead-lettered: unreadable: .*\n", ""));
    }

    @Override
    public void close() {
        run.close();
    }
}
