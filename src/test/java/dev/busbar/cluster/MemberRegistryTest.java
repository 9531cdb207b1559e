package dev.busbar.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemberRegistryTest {

    private final MemberRegistry registry = new MemberRegistry();

    private static Announcement node(String id, long since, long proven) {
        return new Announcement(id, "name of " + id, false, false, List.of(new Claim("r", since, proven)));
    }

    @Test
    void withoutAMessageTheOneThatHasWaitedLongestIsActive() {
        registry.add(node("b", 20, 0));
        registry.add(node("a", 10, 0));
        registry.add(node("c", 30, 0));

        assertThat(registry.active("r")).isEqualTo("a");
        assertThat(registry.active("other")).isNull();
    }

    @Test
    void whoHadAFirstMessageLastIsActive() {
        registry.add(node("a", 10, 0));
        registry.add(node("b", 20, 40));
        registry.add(node("c", 30, 50));

        assertThat(registry.active("r")).isEqualTo("c");
    }

    @Test
    void aNodeThatIsNotCountedAnyMoreIsNotActive() {
        registry.add(node("a", 10, 40));
        registry.add(node("b", 20, 0));

        registry.retain(List.of("b"));

        assertThat(registry.active("r")).isEqualTo("b");
        assertThat(registry.gone())
                .extracting(MemberRegistry.Gone::name, MemberRegistry.Gone::left)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("name of a", false));
    }

    @Test
    void oneThatHasSaidGoodbyeIsNotMissedAndOneThatComesBackIsNotGone() {
        registry.add(new Announcement("a", "a", false, true, List.of()));
        registry.retain(List.of());
        assertThat(registry.gone()).extracting(MemberRegistry.Gone::left).containsExactly(true);

        registry.add(new Announcement("a2", "a", true, false, List.of()));

        assertThat(registry.gone()).isEmpty();
    }

    @Test
    void anAnnouncementIsTheSameOnTheOtherSide() {
        var announcement = node("a", 10, 40);

        assertThat(Announcement.of(new JsonObject(announcement.toJson().encode())))
                .isEqualTo(announcement);
    }
}
