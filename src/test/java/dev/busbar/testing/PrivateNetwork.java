package dev.busbar.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Network namespaces of this machine for the nodes of a cluster, each with two links: one to the other nodes, and one
 * to the brokers, which run outside at {@link #brokerAddress}. Each can be cut, which swallows what is sent, and
 * mended. Nothing leaves the machine: the addresses are those set aside for benchmarks.
 *
 * <p>What a killed test JVM has left, the next one removes.
 */
public final class PrivateNetwork implements AutoCloseable {

    /** One of the two links of a node. */
    public enum Link {
        PEERS,
        BROKER;

        private String word() {
            return this == PEERS ? "peers" : "broker";
        }
    }

    private static final Path NAMESPACES = Path.of("/run/netns");
    private static final String PREFIX = "busbar";
    private static final String PEERS = "198.19.0.";
    private static final int MASK = 24;
    private static final int OUTSIDE = 254;
    private static final int MAX_NETWORKS = 256;

    private final Path ip = Requirement.networkNamespaces().orSkip();
    private final long pid = ProcessHandle.current().pid();
    private final String outside = "bb" + pid;
    private final String hub = namespace("hub");
    private final List<String> nodes = new ArrayList<>();
    private final String brokers;

    /** Nobody is in it yet. */
    public PrivateNetwork() {
        sweep();
        brokers = freeNetwork();
        ip("netns add " + hub);
        for (Link link : Link.values()) {
            ip("-n " + hub + " link add " + link.word() + " type bridge");
            ip("-n " + hub + " link set " + link.word() + " up");
        }
        ip("link add " + outside + " type veth peer name outside netns " + hub);
        ip("-n " + hub + " link set outside master broker up");
        ip("addr add " + brokerAddress() + "/" + MASK + " dev " + outside);
        ip("link set " + outside + " up");
    }

    /** Adds a namespace with both links. */
    public void add(String node) {
        nodes.add(node);
        String namespace = namespace(node);
        ip("netns add " + namespace);
        ip("-n " + namespace + " link set lo up");
        for (Link link : Link.values()) {
            ip("-n " + namespace + " link add " + link.word() + " type veth peer name " + port(node, link) + " netns "
                    + hub);
            ip("-n " + namespace + " addr add " + address(node, link) + "/" + MASK + " dev " + link.word());
            ip("-n " + namespace + " link set " + link.word() + " up");
            ip("-n " + hub + " link set " + port(node, link) + " up");
            mend(node, link);
        }
    }

    /** What a command has to begin with to run in the node's namespace; the process stays the one that is started. */
    public List<String> inside(String node) {
        return List.of(ip.toString(), "netns", "exec", namespace(node));
    }

    /** Where the others see the node. */
    public String address(String node) {
        return address(node, Link.PEERS);
    }

    private String address(String node, Link link) {
        return (link == Link.PEERS ? PEERS : brokers) + (nodes.indexOf(node) + 1);
    }

    /** Where a broker of this JVM is to listen, for the nodes to reach it. */
    public String brokerAddress() {
        return brokers + OUTSIDE;
    }

    /** From now on nothing passes, in either direction, and nobody is told. */
    public void cut(String node, Link link) {
        ip("-n " + hub + " link set " + port(node, link) + " nomaster");
    }

    public void mend(String node, Link link) {
        ip("-n " + hub + " link set " + port(node, link) + " master " + link.word());
    }

    private static String port(String node, Link link) {
        return node + "-" + link.word();
    }

    private String namespace(String name) {
        return PREFIX + "-" + pid + "-" + name;
    }

    /** The first three bytes of addresses that nobody here has. */
    private String freeNetwork() {
        String taken = ip("-4 -o addr show");
        return Stream.iterate(0, it -> it < MAX_NETWORKS, it -> it + 1)
                .map(it -> "198.18." + it + ".")
                .filter(it -> !taken.contains(" " + it))
                .findFirst()
                .orElseThrow();
    }

    /** The processes in it have ended. */
    @Override
    public void close() {
        nodes.forEach(node -> ip("netns del " + namespace(node)));
        ip("link del " + outside);
        ip("netns del " + hub);
    }

    private void sweep() {
        if (!Files.isDirectory(NAMESPACES)) {
            return;
        }
        try (Stream<Path> found = Files.list(NAMESPACES)) {
            found.map(it -> it.getFileName().toString())
                    .filter(it -> it.matches(PREFIX + "-\\d+-.*"))
                    .filter(it ->
                            ProcessHandle.of(Long.parseLong(it.split("-")[1])).isEmpty())
                    .forEach(it -> ip("netns del " + it));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String ip(String arguments) {
        List<String> command = new ArrayList<>(List.of(ip.toString()));
        command.addAll(List.of(arguments.split(" ")));
        try {
            return Shell.run(new ProcessBuilder(command));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
