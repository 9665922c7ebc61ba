package dev.premortem.source;

import java.util.List;
import java.util.regex.Pattern;

/** Files of tools that deploy nothing to a cluster: editors, forges, task runners. They are no gap of ours. */
final class OtherTools {
    private static final List<String> FOLDERS =
            List.of(".github", ".gitlab", ".vscode", ".idea", ".devcontainer", ".taskfiles", "node_modules");
    private static final Pattern NAMES = Pattern.compile(
            "\\.gitlab-ci\\.ya?ml|(docker-)?compose([-.][a-z0-9-]+)*\\.ya?ml|[Tt]askfile(\\.dist)?\\.ya?ml|mkdocs\\.ya?ml"
                    + "|(package(-lock)?|tsconfig([-.][a-z]+)*|\\.?renovate(rc)?|composer|biome|jsconfig)\\.json5?"
                    + "|\\.pre-commit-config\\.ya?ml|\\.sops\\.ya?ml|\\.yamllint(\\.ya?ml)?|\\.yamlfmt(\\.ya?ml)?"
                    + "|\\.?(markdownlint|prettierrc|eslintrc|golangci|goreleaser|mise|lefthook|dependabot|codecov|cspell)([-.][a-z0-9]+)*\\.(ya?ml|json)"
                    + "|(pnpm-lock|pnpm-workspace)\\.ya?ml|\\.releaserc(\\.(ya?ml|json))?"
                    + "|\\.?release-please-(manifest|config)\\.json|vercel\\.json|\\.vale\\.ini");
    /** Notes for people: what stands between their fences is an example. */
    private static final Pattern PROSE = Pattern.compile(".*\\.(md|mdx|markdown|rst|adoc)");

    private static final Pattern VERSION = Pattern.compile("(?m)(?:^|[{,])\\s*[\"']?apiVersion[\"']?\\s*:");
    private static final Pattern KIND = Pattern.compile("(?m)(?:^|[{,])\\s*[\"']?kind[\"']?\\s*:");
    private static final Pattern TALOS = Pattern.compile("(?m)^machine:\\s*$");

    private OtherTools() {}

    /** True for a file of another tool, which holds no manifest. */
    static boolean is(String file, String text) {
        if (PROSE.matcher(file).matches()) {
            return true;
        }
        boolean talos = !file.endsWith(".json")
                && text.contains("machine:")
                && TALOS.matcher(text).find();
        return (named(file) || talos) && !manifest(text);
    }

    /** True where a file that cannot be parsed is no mistake: data is not expected to hold manifests. */
    static boolean mayBeBroken(String file, String text) {
        return file.endsWith(".json") && !manifest(text);
    }

    private static boolean named(String file) {
        List<String> parts = List.of(file.split("/", -1));
        return NAMES.matcher(parts.getLast()).matches() || parts.stream().anyMatch(FOLDERS::contains);
    }

    private static boolean manifest(String text) {
        return VERSION.matcher(text).find() && KIND.matcher(text).find();
    }
}
