package dev.busbar.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class RollTest {

    private final Roll roll = new Roll();

    private static Announcement node(String id, long since, long proven) {
        return new Announcement(id, "name of " + id, false, false, List.of(new Claim("r", since, proven)));
    }

    @Test
    void withoutAMessageTheOneThatHasWaitedLongestIsActive() {
        roll.heard(node("b", 20, 0));
        roll.heard(node("a", 10, 0));
        roll.heard(node("c", 30, 0));

        assertThat(roll.active("r")).isEqualTo("a");
        assertThat(roll.active("other")).isNull();
    }

    @Test
    void whoHadAFirstMessageLastIsActive() {
        roll.heard(node("a", 10, 0));
        roll.heard(node("b", 20, 40));
        roll.heard(node("c", 30, 50));

        assertThat(roll.active("r")).isEqualTo("c");
    }

    @Test
    void aNodeThatIsNotCountedAnyMoreIsNotActive() {
        roll.heard(node("a", 10, 40));
        roll.heard(node("b", 20, 0));

        roll.present(List.of("b"));

        assertThat(roll.active("r")).isEqualTo("b");
        assertThat(roll.gone())
                .extracting(Roll.Gone::name, Roll.Gone::left)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("name of a", false));
    }

    @Test
    void oneThatHasSaidGoodbyeIsNotMissedAndOneThatComesBackIsNotGone() {
        roll.heard(new Announcement("a", "a", false, true, List.of()));
        roll.present(List.of());
        assertThat(roll.gone()).extracting(Roll.Gone::left).containsExactly(true);

        roll.heard(new Announcement("a2", "a", true, false, List.of()));

        assertThat(roll.gone()).isEmpty();
    }

    @Test
    void anAnnouncementIsTheSameOnTheOtherSide() {
        var announcement = node("a", 10, 40);

        assertThat(Announcement.of(new JsonObject(announcement.toJson().encode())))
                .isEqualTo(announcement);
    }
}
