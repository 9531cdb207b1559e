package dev.busbar.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostNameTest {

    @ParameterizedTest
    @CsvSource({"busbar-0,busbar-0", "web.example.org,web", "_a b,a-b", "'',''"})
    void aHostIsCalledAsNodesAre(String host, String name) {
        assertThat(HostName.clean(host)).isEqualTo(name);
    }
}
