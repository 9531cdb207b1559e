package dev.busbar.config;

import java.util.ArrayList;
import java.util.List;

/** Checks that no two servers of this process open the same port. */
final class Ports {

    /** @param section the path of the section that has the host, with a dot at its end */
    private record Claim(String section, String host, int port) {

        private String path() {
            return section + "port";
        }

        private boolean collides(Claim other) {
            boolean sameHost = host.equals(other.host) || ClusterConfig.isAny(host) || ClusterConfig.isAny(other.host);
            return port != 0 && port == other.port && sameHost;
        }
    }

    private Ports() {}

    static List<Problem> check(BrokerConfig broker, WebConfig web, ManagementConfig management, ClusterConfig cluster) {
        List<Claim> claims = new ArrayList<>();
        if (web.enabled()) {
            claims.add(new Claim("web.", web.host(), web.port()));
        }
        if (management.enabled()) {
            claims.add(new Claim("management.", management.host(), management.port()));
        }
        if (broker.isEmbedded()) {
            EmbeddedConfig embedded = broker.embedded();
            claims.add(new Claim("broker.embedded.", embedded.host(), embedded.port()));
        }
        if (cluster.enabled() && cluster.file() == null) {
            claims.add(new Claim("cluster.", cluster.host(), cluster.port()));
        }
        if (cluster.enabled()) {
            ClusterBusConfig bus = cluster.eventBus();
            claims.add(new Claim("cluster.eventBus.", bus.host(), bus.port()));
        }
        List<Problem> problems = new ArrayList<>();
        for (int i = 1; i < claims.size(); i++) {
            Claim claim = claims.get(i);
            claims.subList(0, i).stream()
                    .filter(claim::collides)
                    .findFirst()
                    .ifPresent(first -> problems.add(new Problem(
                                    claim.path(),
                                    String.valueOf(claim.port),
                                    "is also " + first.path(),
                                    "Give each a port of its own, or 0 to take a free one")
                            .involving(
                                    first.path(),
                                    claim.section + "host",
                                    first.section + "host",
                                    claim.section + "enabled",
                                    first.section + "enabled",
                                    "broker.uri")));
        }
        return problems;
    }
}
