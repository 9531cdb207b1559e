package dev.busbar.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * What handlers on all nodes of a cluster were given of one route's messages 0, 1, 2, ..., and what its scope allows of
 * that. Each message may be seen once as new; every other time it must be marked, by the broker as delivered before or
 * by the bridge as a further attempt. The marked ones may well be first: a node that was held sees what it had long
 * been given after another has seen it again. What its publisher has published again, unsure whether the broker has it,
 * may come as new as often. Thread-safe.
 */
final class Sightings {

    /** A node from one start to the next end. */
    record Life(String node, int number) {
        @Override
        public String toString() {
            return node + "#" + number;
        }
    }

    private static final int SHOWN = 10;

    private final String route;
    private final BitSet seen = new BitSet();
    private final Map<String, BitSet> seenByNode = new HashMap<>();
    private final Map<Life, BitSet> seenByLife = new LinkedHashMap<>();
    private final Map<Life, List<Integer>> allNews = new LinkedHashMap<>();
    private final BitSet publishedAgain = new BitSet();
    private final List<String> ids = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private int marked;
    private final List<Integer> repeated = new ArrayList<>();
    private final List<Integer> repeatedOnNode = new ArrayList<>();

    Sightings(String route) {
        this.route = route;
    }

    synchronized void seen(Life life, int n, String id, boolean isMarked) {
        while (ids.size() <= n) {
            ids.add(null);
        }
        if (ids.get(n) == null) {
            ids.set(n, id);
        } else if (!ids.get(n).equals(id)) {
            complain(n + " came with id " + id + " and with " + ids.get(n));
        }
        var onNode = seenByNode.computeIfAbsent(life.node(), it -> new BitSet());
        if (seen.get(n)) {
            repeated.add(n);
        }
        if (onNode.get(n)) {
            repeatedOnNode.add(n);
        }
        seen.set(n);
        onNode.set(n);
        seenByLife.computeIfAbsent(life, it -> new BitSet()).set(n);
        var own = allNews.computeIfAbsent(life, it -> new ArrayList<>());
        if (isMarked) {
            marked++;
        } else {
            own.add(n);
        }
    }

    synchronized void publishedAgain(BitSet numbers) {
        publishedAgain.or(numbers);
    }

    /** What came as new in each life, without what was published again. */
    private Map<Life, List<Integer>> news() {
        var news = new LinkedHashMap<Life, List<Integer>>();
        allNews.forEach((life, own) ->
                news.put(life, own.stream().filter(n -> !publishedAgain.get(n)).toList()));
        return news;
    }

    private void complain(String complaint) {
        if (complaints.size() < SHOWN) {
            complaints.add(complaint);
        }
    }

    /** How many different ones on any node. */
    synchronized int seen() {
        return seen.cardinality();
    }

    /** How many different ones on this node. */
    synchronized int seen(String node) {
        return seenByNode.getOrDefault(node, new BitSet()).cardinality();
    }

    /** How many sightings were not the first of their message. */
    synchronized int repeated() {
        return publishedOnce(repeated);
    }

    /** How many sightings were not the first of their message on their node. */
    synchronized int repeatedOnNode() {
        return publishedOnce(repeatedOnNode);
    }

    private int publishedOnce(List<Integer> numbers) {
        return (int) numbers.stream().filter(n -> !publishedAgain.get(n)).count();
    }

    /** Each message on one of the nodes. */
    synchronized void assertCompeting(int count) {
        assertNoneMissing("any node", seen, count);
        assertNewOnce(List.copyOf(news().values()));
        assertNoComplaints();
    }

    /** Each message on each of the nodes. */
    synchronized void assertPerNode(int count, Iterable<String> nodes) {
        for (var node : nodes) {
            assertNoneMissing(node, seenByNode.getOrDefault(node, new BitSet()), count);
            assertNewOnce(ofNode(node));
        }
        assertNoComplaints();
    }

    private List<List<Integer>> ofNode(String node) {
        return news().entrySet().stream()
                .filter(it -> it.getKey().node().equals(node))
                .map(Map.Entry::getValue)
                .toList();
    }

    /**
     * Each message on one of the nodes, in order there, and one node after the other.
     *
     * @param changes how often another one may have become active
     */
    synchronized void assertSingleton(int count, int changes) {
        assertCompeting(count);
        news().forEach((life, own) ->
                assertThat(own).as("%s: in order on %s", route, life).isSorted());
        assertThat(changes()).as("%s: changes of the active node", route).isLessThanOrEqualTo(changes);
    }

    /** How often a message was new on another node than the one before it. */
    synchronized int changes() {
        return turns().size() - 1;
    }

    /** Where the latest message was new. */
    synchronized Life active() {
        var turns = turns();
        return turns.get(turns.size() - 1);
    }

    /** Where messages were new, one node after the other, in the order of their numbers. */
    private List<Life> turns() {
        var owners = new Life[ids.size()];
        news().forEach((life, own) -> own.forEach(n -> owners[n] = life));
        var turns = new ArrayList<Life>();
        for (var owner : owners) {
            if (owner != null && (turns.isEmpty() || !owner.equals(turns.get(turns.size() - 1)))) {
                turns.add(owner);
            }
        }
        return turns;
    }

    /**
     * Each message once on each node that is there: in each life all from the start on, one after the other.
     *
     * @param published how many were published when the life had begun
     * @param breaks how often in the life something may be missing
     */
    synchronized void assertWhileThere(ToIntFunction<Life> published, ToIntFunction<Life> breaks) {
        news().forEach((life, own) ->
                assertThat(own).as("%s: in order on %s", route, life).isSorted().doesNotHaveDuplicates());
        seenByLife.forEach((life, own) -> {
            assertThat(own.nextSetBit(0))
                    .as("%s: the first on %s", route, life)
                    .isLessThanOrEqualTo(published.applyAsInt(life));
            assertThat(gaps(own)).as("%s: gaps on %s", route, life).hasSizeLessThanOrEqualTo(breaks.applyAsInt(life));
        });
        assertNoComplaints();
    }

    private static List<String> gaps(BitSet numbers) {
        var gaps = new ArrayList<String>();
        var end = numbers.nextClearBit(numbers.nextSetBit(0));
        for (var next = numbers.nextSetBit(end); next >= 0; next = numbers.nextSetBit(end)) {
            gaps.add((end - 1) + "-" + next);
            end = numbers.nextClearBit(next);
        }
        return gaps;
    }

    private void assertNewOnce(List<List<Integer>> lives) {
        var once = new BitSet();
        var twice = new BitSet();
        lives.forEach(own -> own.forEach(n -> {
            if (once.get(n)) {
                twice.set(n);
            }
            once.set(n);
        }));
        assertThat(few(twice))
                .as("%s: twice as new, of %d", route, twice.cardinality())
                .isEmpty();
    }

    private void assertNoneMissing(String where, BitSet there, int count) {
        var missing = new BitSet();
        missing.set(0, count);
        missing.andNot(there);
        assertThat(few(missing))
                .as("%s: not seen on %s, of %d", route, where, missing.cardinality())
                .isEmpty();
    }

    private void assertNoComplaints() {
        assertThat(complaints).as(route).isEmpty();
    }

    private static List<Integer> few(BitSet set) {
        return set.stream().limit(SHOWN).boxed().toList();
    }

    @Override
    public synchronized String toString() {
        var nodes = new StringBuilder();
        seenByNode.forEach(
                (node, own) -> nodes.append(' ').append(node).append(' ').append(own.cardinality()));
        return route + ": " + seen.cardinality() + " seen," + nodes + ", " + marked + " marked, "
                + publishedOnce(repeatedOnNode) + " repeated there, " + Math.max(0, changes()) + " changes";
    }
}
