package dev.premortem.source.gitops;

import java.util.Set;

/** Folders of examples, tests, documentation and of what was put away: what stands there is deployed only where a root outside of them says so. */
final class Samples {
    /** Why such a file is counted and not judged. */
    static final String REASON = "an example, a test, documentation or put away, which no root deploys";

    private static final Set<String> NAMES = Set.of(
            "example",
            "examples",
            "sample",
            "samples",
            "testdata",
            "tests",
            "e2e",
            "fixtures",
            ".fixtures",
            "docs",
            "documentation",
            "website",
            "archive",
            ".archive",
            "_archive",
            "archived",
            "attic",
            "deprecated",
            "graveyard",
            ".github",
            ".taskfiles",
            ".templates");
    /** Below these, {@code test} is an environment like any other. */
    private static final Set<String> STAGES = Set.of(
            "overlays",
            "overlay",
            "environments",
            "environment",
            "envs",
            "env",
            "clusters",
            "cluster",
            "stages",
            "values");

    private Samples() {}

    /** True where a folder on the way to a file, from the root of the tree that was given, is one of these. */
    static boolean is(String file) {
        String above = "";
        int from = 0;
        for (int slash = file.indexOf('/'); slash >= 0; slash = file.indexOf('/', from)) {
            String folder = file.substring(from, slash);
            if (NAMES.contains(folder) || (folder.equals("test") && !STAGES.contains(above))) {
                return true;
            }
            above = folder;
            from = slash + 1;
        }
        return false;
    }
}
