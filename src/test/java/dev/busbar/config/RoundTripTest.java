package dev.busbar.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/** What is written is read back as the same. */
@Domain(Configs.class)
class RoundTripTest {

    @Property(tries = 300)
    void throughJson(@ForAll BusbarConfig config) {
        assertThat(ConfigLoader.fromJson(config.toJson())).isEqualTo(config);
    }

    @Property(tries = 100)
    void throughATextThatIsReadAsYaml(@ForAll BusbarConfig config) {
        assertThat(ConfigLoader.parse(config.toJson().encodePrettily(), "generated.yaml")
                        .orThrow())
                .isEqualTo(config);
    }

    @Property(tries = 100)
    void throughATextThatIsReadAsJson(@ForAll BusbarConfig config) {
        assertThat(ConfigLoader.fromJson(new JsonObject(config.toJson().encode())))
                .isEqualTo(config);
    }
}
