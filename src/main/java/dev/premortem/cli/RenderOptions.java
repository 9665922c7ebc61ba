package dev.premortem.cli;

import dev.premortem.source.cache.ContentCache;
import dev.premortem.source.fetch.Bounds;
import dev.premortem.source.fetch.ChartFetcher;
import dev.premortem.source.fetch.Credentials;
import dev.premortem.source.fetch.Lock;
import dev.premortem.source.fetch.Proxies;
import dev.premortem.source.helm.HelmCharts;
import dev.premortem.source.helm.HelmSettings;
import dev.premortem.source.kustomize.Kustomizations;
import dev.premortem.source.render.ChartJob;
import dev.premortem.source.render.FileTree;
import dev.premortem.source.render.OverlayJob;
import dev.premortem.source.render.Rendered;
import dev.premortem.source.render.Renderers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how charts and kustomizations are rendered. */
final class RenderOptions {
    private static final String LOCK = "charts.lock.yaml";

    @Option(
            names = "--helm",
            paramLabel = "FILE",
            description = "render charts with this Helm 3 or 4 instead of the one inside")
    @Nullable
    private Path helm;

    @Option(
            names = "--kube-version",
            paramLabel = "VERSION",
            defaultValue = HelmSettings.KUBERNETES,
            description = "the Kubernetes version that charts are told (default: ${DEFAULT-VALUE})")
    private String kubernetes = HelmSettings.KUBERNETES;

    @Option(names = "--no-render", description = "render nothing: charts and overlays count as not read")
    private boolean off;

    @Option(
            names = "--fetch",
            description = "get charts that are elsewhere, by their exact version; without it no connection is opened")
    private boolean fetch;

    /** The programs; none where nothing shall be rendered. */
    Renderers renderers(Surroundings around, ContentCache cache) {
        if (off) {
            return Renderers.none();
        }
        if (helm != null && !Files.isExecutable(helm)) {
            throw new WrongUsage("--helm " + helm + " cannot be run; expected a Helm program, version 3 or 4");
        }
        if (!kubernetes.matches("v?1\\.[0-9]{1,3}(\\.[0-9]{1,3})?")) {
            throw new WrongUsage("--kube-version " + kubernetes + "; expected a version such as 1.33.0");
        }
        HelmSettings settings = new HelmSettings(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                Optional.ofNullable(helm),
                kubernetes.replaceFirst("^v", ""),
                HelmSettings.Bounds.DEFAULT);
        return new Programs(
                new HelmCharts(settings, cache, fetcher(around, cache)::get),
                new Kustomizations(around.variable("PATH"), cache));
    }

    /** True where charts may be got from elsewhere. */
    boolean fetches() {
        return fetch && !off;
    }

    /** Adds to a key all that decides what charts and kustomizations render to, but for the files themselves. */
    void tell(ContentCache.Key key, Surroundings around) {
        key.with(String.valueOf(off))
                .with(kubernetes)
                .with(helm == null ? "" : stamp(helm))
                .with(new Kustomizations(around.variable("PATH"), ContentCache.none()).builder())
                .with(CacheFolder.of(around, true)
                        .map(folder -> stamp(folder.resolve(LOCK)))
                        .orElse(""));
    }

    private static String stamp(Path file) {
        try {
            return Files.exists(file)
                    ? file.toAbsolutePath() + " " + Files.size(file) + " " + Files.getLastModifiedTime(file)
                    : "";
        } catch (IOException unreadable) {
            return "unreadable";
        }
    }

    private ChartFetcher fetcher(Surroundings around, ContentCache cache) {
        Lock lock = CacheFolder.of(around, true)
                .map(folder -> Lock.in(folder.resolve(LOCK)))
                .orElseGet(Lock::none);
        if (!fetch) {
            return ChartFetcher.offline(cache, lock);
        }
        Logins logins = new Logins(around);
        Credentials credentials = Credentials.of(logins.registries(), logins.repositories());
        return ChartFetcher.online(
                new ChartFetcher.Access(credentials, Proxies.of(around.environment()), Bounds.DEFAULT), cache, lock);
    }

    private record Programs(HelmCharts helm, Kustomizations kustomize) implements Renderers {
        @Override
        public List<Rendered> charts(FileTree files, List<ChartJob> jobs) {
            return helm.render(files, jobs);
        }

        @Override
        public List<Rendered> overlays(FileTree files, List<OverlayJob> jobs) {
            return kustomize.build(files, jobs);
        }

        @Override
        public boolean settled() {
            return helm.settled() && kustomize.settled();
        }
    }
}
