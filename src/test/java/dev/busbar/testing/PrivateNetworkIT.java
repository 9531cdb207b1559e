package dev.busbar.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.PrivateNetwork.Link;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrivateNetworkIT {

    @Test
    void cutsAndMendsEachLinkOfANodeByItself() throws IOException {
        try (var network = new PrivateNetwork();
                var outside = new ServerSocket(0, 50, InetAddress.getByName(network.brokerAddress()))) {
            network.add("a");
            network.add("b");
            var broker = network.brokerAddress() + "/" + outside.getLocalPort();
            // Nobody listens there: who is reached refuses.
            var peer = network.address("b") + "/9";
            assertThat(reaches(network, broker)).isEqualTo("open");
            assertThat(reaches(network, peer)).isEqualTo("refused");

            network.cut("a", Link.PEERS);
            assertThat(reaches(network, peer)).isEqualTo("silence");
            assertThat(reaches(network, broker)).isEqualTo("open");

            network.mend("a", Link.PEERS);
            network.cut("a", Link.BROKER);
            assertThat(reaches(network, peer)).isEqualTo("refused");
            assertThat(reaches(network, broker)).isEqualTo("silence");

            network.mend("a", Link.BROKER);
            assertThat(reaches(network, broker)).isEqualTo("open");
        }
    }

    /** From a. */
    private static String reaches(PrivateNetwork network, String target) throws IOException {
        var command = new ArrayList<>(network.inside("a"));
        command.addAll(List.of(
                "bash",
                "-c",
                "timeout 2 bash -c ': 2>/dev/null >/dev/tcp/" + target + "' 2>/dev/null; case $? in 0) echo open;;"
                        + " 124) echo silence;; *) echo refused;; esac"));
        return Shell.run(new ProcessBuilder(command)).strip();
    }
}
