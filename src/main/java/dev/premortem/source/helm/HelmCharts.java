package dev.premortem.source.helm;

import dev.premortem.source.cache.ContentCache;
import dev.premortem.source.fetch.Fetched;
import dev.premortem.source.render.AbsentDependency;
import dev.premortem.source.render.ChartJob;
import dev.premortem.source.render.ChartSource;
import dev.premortem.source.render.FileTree;
import dev.premortem.source.render.Rendered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Renders charts with Helm, two at a time. What was rendered before is taken from the cache; where everything is there, no process is
 * started.
 */
public final class HelmCharts {
    private static final int AT_A_TIME = 2;
    private static final int MOST_REMEMBERED = 2_000;

    private final HelmSettings settings;
    private final ContentCache cache;
    private final Function<ChartSource.Remote, Fetched> fetched;
    /** Results of this run: a tree that is read again for each fix has few that changed. */
    private final Map<String, Rendered> made = new ConcurrentHashMap<>();

    private final ParsedFiles parsed = new ParsedFiles();

    private volatile boolean settled = true;

    /**
     * A renderer.
     *
     * @param fetched the packed chart of a source elsewhere, where it was fetched
     */
    public HelmCharts(HelmSettings settings, ContentCache cache, Function<ChartSource.Remote, Fetched> fetched) {
        this.settings = settings;
        this.cache = cache;
        this.fetched = fetched;
    }

    /** Renders each job, in their order. What cannot be rendered is said, and nothing is thrown for bad input. */
    public List<Rendered> render(FileTree files, List<ChartJob> jobs) {
        List<Optional<Rendered>> results = new ArrayList<>();
        List<Integer> open = new ArrayList<>();
        List<JobInput> inputs = new ArrayList<>();
        for (ChartJob job : jobs) {
            JobInput input = JobInput.of(files, job, settings, fetched, parsed);
            Optional<Rendered> known = input.failed()
                    .or(() -> Optional.ofNullable(made.get(input.key())))
                    .or(() -> cache.find(input.key()).flatMap(RenderedCodec::read));
            known.filter(_ -> input.failed().isEmpty()).ifPresent(rendered -> remember(input.key(), rendered));
            inputs.add(input);
            if (known.isEmpty()) {
                open.add(results.size());
            }
            results.add(known);
        }
        List<Rendered> made = open.isEmpty()
                ? List.of()
                : renderAll(open.stream().map(inputs::get).toList());
        for (int i = 0; i < made.size(); i++) {
            results.set(open.get(i), Optional.of(made.get(i)));
        }
        List<Rendered> whole = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            Rendered result = results.get(i).orElseThrow();
            List<AbsentDependency> absent = JobInput.absent(inputs.get(i).chart());
            whole.add(absent.isEmpty() ? result : result.absent(absent));
        }
        return List.copyOf(whole);
    }

    private List<Rendered> renderAll(List<JobInput> inputs) {
        int threads = Math.min(AT_A_TIME, inputs.size());
        AtomicInteger next = new AtomicInteger();
        SortedMap<Integer, Rendered> results = new ConcurrentSkipListMap<>();
        try (Surroundings around = new Surroundings(lookedUp(inputs));
                ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Path folder = Files.createDirectory(around.folder().resolve("charts" + i));
                running.add(executor.submit(() -> drain(around, folder, inputs, next, results)));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (IOException e) {
            return failed(inputs, "Helm could not be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(inputs, "was interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a chart's rendering must not throw", e.getCause());
        }
        return List.copyOf(results.values());
    }

    private static Set<String> lookedUp(List<JobInput> inputs) {
        Set<String> kinds = new TreeSet<>();
        inputs.forEach(input -> kinds.addAll(Workshop.lookedUp(input.chart())));
        return kinds;
    }

    /** False where a result of this run was cut short, by a limit or by the machine, so that another run may give another one. */
    public boolean settled() {
        return settled;
    }

    private List<Rendered> failed(List<JobInput> inputs, String gap) {
        settled = false;
        return inputs.stream().map(_ -> Rendered.not(gap)).toList();
    }

    /** Renders one job after the other, while there are some. */
    private void drain(
            Surroundings around,
            Path folder,
            List<JobInput> inputs,
            AtomicInteger next,
            SortedMap<Integer, Rendered> results) {
        try (Engine engine = engine(around, folder)) {
            for (int i = next.getAndIncrement(); i < inputs.size(); i = next.getAndIncrement()) {
                JobInput input = inputs.get(i);
                ChartRun run = new ChartRun(engine, settings, input);
                Rendered rendered = run.in(folder.resolve("job" + i));
                if (run.lasting()) {
                    cache.keep(input.key(), RenderedCodec.write(rendered));
                    remember(input.key(), rendered);
                } else {
                    settled = false;
                }
                results.put(i, rendered);
            }
        }
    }

    private void remember(String key, Rendered rendered) {
        if (made.size() < MOST_REMEMBERED) {
            made.put(key, rendered);
        }
    }

    private Engine engine(Surroundings around, Path folder) {
        Path said = folder.resolve("said");
        return settings.helm().isPresent()
                ? new HelmBinary(settings.helm().get(), settings.bounds(), around, said)
                : new WorkerProcess(settings, around, said);
    }
}
