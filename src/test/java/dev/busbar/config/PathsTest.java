package dev.busbar.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which characters a path may have depends on the locale: to a process without one, all beyond ASCII are none. */
class PathsTest {

    /** No locale has that one. */
    private static final String UNNAMEABLE = "/etc/\ud800";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "broker: {tls: {trust: '${FILE}'}}                          | broker.tls.trust",
                "broker: {tls: {certificate: '${FILE}', key: a}}            | broker.tls.certificate",
                "broker: {tls: {certificate: a, key: '${FILE}'}}            | broker.tls.key",
                "broker: {embedded: {store: '${FILE}'}}                     | broker.embedded.store",
                "web: {auth: {htpasswd: '${FILE}'}}                         | web.auth.htpasswd",
                "web: {auth: {jwt: {publicKey: '${FILE}'}}}                 | web.auth.jwt.publicKey",
                "cluster: {file: '${FILE}'}                                 | cluster.file",
            })
    void thatNoFileCanHaveAreAProblemLikeAnyOther(String yaml, String path) {
        var loaded = ConfigLoader.withEnvironment(name -> UNNAMEABLE).parseText(yaml.replace('\'', '"'), "busbar.yaml");

        assertThat(((LoadedConfig.Invalid) loaded).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo(path);
            assertThat(problem.message()).contains("cannot use in the name of a file");
            assertThat(problem.remedy()).contains("LC_ALL=C.UTF-8");
        });
    }
}
