package dev.busbar.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.Requirement;

/** Has Buildbot itself check the pieces of its {@code master.cfg}. */
final class PythonPrograms {

    private static final String MASTER = """
            from buildbot.plugins import *

            c = BuildmasterConfig = {
                'multiMaster': True,
                'db': {'db_url': 'sqlite:///state.sqlite'},
                'workers': [worker.Worker('worker', 'secret')],
                'builders': [util.BuilderConfig(name='b', workernames=['worker'], factory=util.BuildFactory())],
                'protocols': {'pb': {'port': 0}},
                'buildbotNetUsageData': None,
            }
            """;

    private PythonPrograms() {}

    static void run(Block block, Examples examples) throws Exception {
        Requirement.command("buildbot", "buildbot").orSkip();
        var checkout = examples.checkout();
        checkout.write("master.cfg", MASTER + block.text() + "\n");
        try (var check = checkout.start("buildbot checkconfig master.cfg")) {
            assertThat(check.exit()).as(check.out() + check.err()).isZero();
            assertThat(check.out()).contains("Config file is good!");
        }
    }
}
