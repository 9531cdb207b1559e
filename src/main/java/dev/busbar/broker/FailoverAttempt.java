package dev.busbar.broker;

import dev.busbar.broker.BrokerException.Kind;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Attempts to connect, over all hosts of a broker and all addresses of each, in their order, until one attempt
 * succeeds. Used once, on its context.
 */
public final class FailoverAttempt<T> {

    /** Names a host to try. */
    public record Host(String name, int port) {
        @Override
        public String toString() {
            return (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
        }
    }

    /** Connects to one address. */
    @FunctionalInterface
    public interface Attempt<T> {
        /**
         * Connects to one address of a host.
         *
         * @param host the index of the host
         * @return completes on the context; fails with a {@link BrokerException}
         */
        Future<T> at(int host, InetAddress address);
    }

    private record Failure(int host, InetAddress address, BrokerException cause) {}

    private final ContextInternal context;
    private final List<Host> hosts;
    private final Attempt<T> attempt;
    private final BooleanSupplier givenUp;
    private final List<Failure> failures = new ArrayList<>();

    /**
     * Makes an attempt that has not begun.
     *
     * @param hosts in the order to try them
     * @param givenUp asked before each address: {@code true} ends the attempt
     */
    public FailoverAttempt(ContextInternal context, List<Host> hosts, Attempt<T> attempt, BooleanSupplier givenUp) {
        this.context = context;
        this.hosts = hosts;
        this.attempt = attempt;
        this.givenUp = givenUp;
    }

    /**
     * Begins the attempt.
     *
     * @return fails with the failure at the last host, which lists all addresses tried if there was more than one
     */
    public Future<T> begin() {
        return tryHost(0);
    }

    private Future<T> tryHost(int index) {
        return HostAddresses.of(context, hosts.get(index).name())
                .recover(failure -> {
                    failures.add(new Failure(index, null, unknownHost(hosts.get(index), failure)));
                    return Future.succeededFuture(List.of());
                })
                .compose(addresses -> tryAddress(index, addresses, 0, false));
    }

    /**
     * Tries the addresses of a host from an index on.
     *
     * @param last whether these are the last addresses to be found for the host
     */
    private Future<T> tryAddress(int host, List<InetAddress> addresses, int index, boolean last) {
        if (givenUp.getAsBoolean()) {
            return Future.failedFuture(
                    new BrokerException(Kind.UNREACHABLE, "the connection was closed before it was open"));
        }
        if (index == addresses.size() && !last) {
            return HostAddresses.others(context, hosts.get(host).name(), addresses)
                    .compose(others -> tryAddress(host, others, 0, true));
        }
        if (index == addresses.size()) {
            return host + 1 < hosts.size() ? tryHost(host + 1) : Future.failedFuture(outcome());
        }
        var address = addresses.get(index);
        return attempt.at(host, address).recover(failure -> {
            failures.add(new Failure(host, address, known(failure)));
            return tryAddress(host, addresses, index + 1, last);
        });
    }

    private static BrokerException unknownHost(Host host, Throwable failure) {
        return new BrokerException(
                Kind.UNREACHABLE, "no such host: " + host + ": check the host in broker.uri", failure);
    }

    private static BrokerException known(Throwable failure) {
        return failure instanceof BrokerException known
                ? known
                : new BrokerException(Kind.UNREACHABLE, Causes.rootMessage(failure), failure);
    }

    /**
     * Returns the failure to report. Among the last host's addresses, the failure of one that answers tells more than
     * that of one that does not.
     */
    private BrokerException outcome() {
        var last = failures.get(failures.size() - 1).cause();
        if (failures.size() == 1) {
            return last;
        }
        var reported = failures.stream()
                .filter(failure -> failure.host() == hosts.size() - 1)
                .map(Failure::cause)
                .filter(cause -> cause.kind() != Kind.UNREACHABLE)
                .findFirst()
                .orElse(last);
        var tried = failures.stream().map(this::described).collect(Collectors.joining(", "));
        return new BrokerException(reported.kind(), reported.getMessage() + ". Tried: " + tried, reported.getCause());
    }

    private String described(Failure failure) {
        var host = hosts.get(failure.host());
        var reason = Causes.rootMessage(failure.cause());
        if (failure.address() == null) {
            return host + " (" + reason + ")";
        }
        var address = new Host(NetUtil.toAddressString(failure.address()), host.port()).toString();
        return address.equals(host.toString())
                ? address + " (" + reason + ")"
                : host.name() + " at " + address + " (" + reason + ")";
    }
}
