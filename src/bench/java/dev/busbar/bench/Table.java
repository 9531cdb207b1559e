package dev.busbar.bench;

import dev.busbar.bench.Contender.Kind;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Medians over the rounds as Markdown; in brackets, how many times what the first row has. */
final class Table {

    private record Column(String title, String field, String format) {}

    private static final List<Column> THROUGHPUT = List.of(
            new Column("msg/s, warm", "rate", "%,.0f"),
            new Column("CPU µs/msg, warm", "cpu", "%.2f"),
            new Column("of which JIT", "jit", "%.2f"),
            new Column("allocated bytes/msg", "bytes", "%,.0f"),
            new Column("msg/s, cold", "coldRate", "%,.0f"));
    private static final List<Column> LATENCY = List.of(
            new Column("p50 ms", "p50", "%.3f"), new Column("p99 ms", "p99", "%.3f"), new Column("max", "max", "%.1f"));
    private static final List<Column> HEAP = List.of(new Column("heap MiB after a collection", "heap", "%.1f"));

    private static final List<Column> SOCKETS = List.of(
            new Column("deliveries/s", "rate", "%,.0f"),
            new Column("CPU µs/delivery", "cpu", "%.2f"),
            new Column("p50 ms", "p50", "%.1f"),
            new Column("p99 ms", "p99", "%.1f"),
            new Column("CPU µs at 100,000/s", "evenCpu", "%.2f"),
            new Column("p99 ms at 100,000/s", "evenP99", "%.1f"),
            new Column("heap MiB", "heap", "%.1f"));
    private static final List<Column> WAMP = List.of(
            new Column("messages/s", "messages", "%,.0f"),
            new Column("CPU µs/message", "messageCpu", "%.1f"),
            new Column("p50 ms", "p50", "%.1f"),
            new Column("p99 ms", "p99", "%.1f"),
            new Column("CPU µs at 1,000/s", "evenMessageCpu", "%.1f"),
            new Column("p50 ms at 1,000/s", "evenP50", "%.2f"),
            new Column("p99 ms at 1,000/s", "evenP99", "%.2f"));
    private static final List<Column> SOCKETS_IDLE = List.of(new Column("heap KiB/socket", "kibibytes", "%.1f"));
    private static final List<Column> SOCKETS_SLOW = List.of(
            new Column("messages passed", "passed", "%,.0f"),
            new Column("heap MiB more", "growth", "%.1f"),
            new Column("p99 ms without", "without", "%.2f"),
            new Column("p99 ms with", "with", "%.2f"));

    private static final List<Column> MATCHING = List.of(new Column("µs/key", "micros", "%,.2f"));
    private static final List<Column> CLUSTER = List.of(
            new Column("msg/s, warm, all nodes", "rate", "%,.0f"),
            new Column("CPU µs/msg, warm, all nodes", "cpu", "%.2f"));

    private Table() {}

    static String of(Kind kind, String messages, Map<Contender, List<JsonObject>> results) {
        var columns = switch (kind) {
            case CONSUME, PUBLISH, CONSUME10, PUBLISH10 -> THROUGHPUT;
            case LATENCY -> LATENCY;
            case IDLE -> HEAP;
            case SOCKETS, SOCKETS_1000 -> SOCKETS;
            case WAMP, WAMP_10 -> WAMP;
            case SOCKETS_IDLE, WAMP_IDLE -> SOCKETS_IDLE;
            case SOCKETS_SLOW -> SOCKETS_SLOW;
            case MATCHING -> MATCHING;
            case CLUSTER -> CLUSTER;
        };
        var table = new StringBuilder("\n| " + kind + ", " + messages + " |");
        columns.forEach(column -> table.append(' ').append(column.title).append(" |"));
        table.append("\n|---|").append("---|".repeat(columns.size())).append('\n');
        List<JsonObject> first = null;
        for (var entry : results.entrySet()) {
            first = first == null ? entry.getValue() : first;
            table.append("| ").append(entry.getKey().title).append(" |");
            for (var column : columns) {
                var value = median(entry.getValue(), column.field);
                table.append(cell(column, value, value / median(first, column.field)));
            }
            table.append('\n');
        }
        return table.toString();
    }

    /** What a contender did not live to tell is left out. */
    private static String cell(Column column, double value, double ratio) {
        if (Double.isNaN(value)) {
            return " - |";
        }
        var cell = String.format(Locale.ROOT, " " + column.format, value);
        return cell + (Double.isFinite(ratio) ? String.format(Locale.ROOT, " (%.2f ×) |", ratio) : " |");
    }

    private static double median(List<JsonObject> rounds, String field) {
        var sorted = rounds.stream()
                .mapToDouble(result -> result.getDouble(field, Double.NaN))
                .sorted()
                .toArray();
        var middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
