package dev.premortem.source.kustomize;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Problem;
import dev.premortem.source.cache.ContentCache;
import dev.premortem.source.cache.Hashes;
import dev.premortem.source.render.FileTree;
import dev.premortem.source.render.OverlayJob;
import dev.premortem.source.render.Rendered;
import dev.premortem.source.text.Harvest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Builds kustomizations. Only the files that one reaches are laid into a folder of ours, and only that is built: the user's folders are never
 * written to, nothing is fetched, no plug-in outside of kustomize is run, no chart is rendered.
 */
public final class Kustomizations {
    /** What is needed where no program was found. */
    public static final String NEEDS =
            "needs kubectl or kustomize on the PATH; put one there, or give what it builds to \"premortem check -\"";

    private static final int AT_A_TIME = 2;
    private static final int MOST_REMEMBERED = 2_000;
    private static final String KIND = "kustomization 2";

    /** Copies of so many files and more are kept for the next build of the same job. */
    private static final int MANY = 100;

    private static final int MOST_PLACES = 8;

    private final Optional<Program> program;
    private final ContentCache cache;
    private final Duration mostTime;
    /** What did not build, so that a tree that is read again for each fix does not try it again. */
    private final Map<String, Ran> failed = new ConcurrentHashMap<>();

    private final Map<String, String> remembered = new ConcurrentHashMap<>();

    /** Results of this run: a tree that is read again for each fix has few that changed. */
    private final Map<OverlayJob, Before> last = new ConcurrentHashMap<>();

    private final Map<String, Documents.Parsed> parsed = new ConcurrentHashMap<>();

    /** Where large jobs were built in this run, while nobody builds there. */
    private final Map<OverlayJob, Workplace> places = new ConcurrentHashMap<>();

    private final Hashes hashes = new Hashes();

    private volatile boolean settled = true;

    /** @param searchPath folders in which the program is looked for, as in {@code PATH} */
    public Kustomizations(String searchPath, ContentCache cache) {
        this(searchPath, cache, Program.MOST_TIME);
    }

    Kustomizations(String searchPath, ContentCache cache, Duration mostTime) {
        this.program = Program.find(searchPath);
        this.cache = cache;
        this.mostTime = mostTime;
    }

    /** False where a result of this run was cut short, by a limit or by the machine, so that another run may give another one. */
    public boolean settled() {
        return settled;
    }

    /** What was found on the search path: its place, size and time; empty where nothing was. */
    public String builder() {
        return program.map(Program::told).orElse("");
    }

    private record Given(Program builder, String version) {}

    /** Builds each job, two at a time; one result for each, in their order. */
    public List<Rendered> build(FileTree files, List<OverlayJob> jobs) {
        if (jobs.isEmpty() || program.isEmpty()) {
            return jobs.stream().map(_ -> Rendered.not(NEEDS)).toList();
        }
        Given given = new Given(program.get(), program.get().version(cache));
        Documents documents = new Documents(files.texts(), parsed);
        try (ExecutorService builders = Executors.newFixedThreadPool(AT_A_TIME)) {
            List<Future<Rendered>> begun = jobs.stream()
                    .map(Kustomizations::tidied)
                    .map(job -> builders.submit(() -> build(files, documents, job, given)))
                    .toList();
            List<Rendered> results = new ArrayList<>();
            for (Future<Rendered> one : begun) {
                results.add(one.get());
            }
            return List.copyOf(results);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            settled = false;
            return jobs.stream().map(_ -> Rendered.not("was interrupted")).toList();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a kustomization was not built for a reason that is ours", e);
        }
    }

    /** The same with a folder as files are named: {@code ./apps/} is {@code apps}. */
    private static OverlayJob tidied(OverlayJob job) {
        boolean named = !job.folder().startsWith(".") && !job.folder().endsWith("/");
        Optional<String> folder = named ? Optional.of(job.folder()) : Paths.resolve("", job.folder());
        return new OverlayJob(job.place(), folder.orElse(job.folder()), job.additions());
    }

    private Rendered build(FileTree files, Documents documents, OverlayJob job, Given given) {
        Before before = last.get(job);
        if (before != null && before.stillFits(files)) {
            return before.rendered();
        }
        Program builder = given.builder();
        String version = given.version();
        Optional<Rendered> refused = refused(files, documents, job);
        if (refused.isPresent()) {
            return refused.get();
        }
        Copy copy = Reach.of(files, documents, job);
        ContentCache.Key key = new ContentCache.Key(KIND).with(version);
        copy.files().forEach((path, text) -> key.with(path).with(hashes.of(text)));
        String name = key.name();
        Function<Rendered, Rendered> remember = rendered -> {
            if (last.size() < MOST_REMEMBERED) {
                last.putIfAbsent(job, Before.of(files, copy, rendered));
            }
            return rendered;
        };
        Built built = new Built(copy, documents, files, job.place());
        Optional<String> kept = Optional.ofNullable(remembered.get(name))
                .or(() -> cache.find(name).map(bytes -> new String(bytes, StandardCharsets.UTF_8)));
        if (kept.isPresent()) {
            return remember.apply(done(built, copy, version, kept.get()));
        }
        Ran ran = Optional.ofNullable(failed.get(name)).orElseGet(() -> run(builder, copy, job));
        if (ran.failure().isPresent() && failed.size() < MOST_REMEMBERED) {
            failed.put(name, ran);
        }
        Harvest harvest = new Harvest();
        String fresh = Built.kept(ran.printed(), harvest);
        Optional<Problem> failure = ran.failure()
                .or(() -> harvest.problems.stream()
                        .findFirst()
                        .map(problem -> problem(job, "kustomize builds what cannot be read: " + problem.text())));
        if (failure.isPresent()) {
            List<Problem> problems = new ArrayList<>(copy.problems());
            if (!copy.less()) {
                problems.add(failure.get());
            }
            String gap = failure.get().found();
            return remember.apply(
                    new Rendered(List.of(), Optional.of(version), Optional.of(gap), List.copyOf(problems)));
        }
        cache.keep(name, fresh.getBytes(StandardCharsets.UTF_8));
        if (remembered.size() < MOST_REMEMBERED) {
            remembered.put(name, fresh);
        }
        return remember.apply(done(built, copy, version, fresh));
    }

    private static Rendered done(Built built, Copy copy, String version, String kept) {
        return new Rendered(built.objects(kept), Optional.of(version), Optional.empty(), copy.problems());
    }

    /**
     * What a job gave in this run.
     *
     * @param read text of each file that it reached
     * @param files how many files the tree had: a new one may be reached
     */
    private record Before(Rendered rendered, SortedMap<String, String> read, int files) {
        static Before of(FileTree files, Copy copy, Rendered rendered) {
            SortedMap<String, String> read = new TreeMap<>();
            copy.names()
                    .values()
                    .forEach(name ->
                            Optional.ofNullable(files.texts().get(name)).ifPresent(text -> read.put(name, text)));
            return new Before(rendered, read, files.texts().size());
        }

        boolean stillFits(FileTree now) {
            return files == now.texts().size()
                    && read.entrySet().stream()
                            .allMatch(
                                    entry -> entry.getValue().equals(now.texts().get(entry.getKey())));
        }
    }

    private static Optional<Rendered> refused(FileTree files, Documents documents, OverlayJob job) {
        String folder = job.folder();
        boolean there = folder.isEmpty()
                || files.texts().tailMap(folder + "/").keySet().stream()
                        .findFirst()
                        .filter(file -> file.startsWith(folder + "/"))
                        .isPresent();
        if (!there) {
            String found = "\"" + folder + "\" is no folder of the tree";
            Problem problem = new Problem(
                    job.place().file(), job.place().line(), job.place().field(), found, "a folder with manifests", "");
            return Optional.of(new Rendered(List.of(), Optional.empty(), Optional.of(found), List.of(problem)));
        }
        boolean component = documents.kustomization(folder).stream()
                .flatMap(file -> documents.of(file).stream())
                .anyMatch(tree -> tree.text("kind")
                        .map(Fact::value)
                        .filter("Component"::equals)
                        .isPresent());
        return component
                ? Optional.of(Rendered.not("is a Component, which is built as a part of others only"))
                : Optional.empty();
    }

    private static Problem problem(OverlayJob job, String found) {
        return new Problem(
                job.place().file(), job.place().line(), job.place().field(), found, "a kustomization that builds", "");
    }

    /**
     * What a run gave.
     *
     * @param failure why it gave nothing
     */
    private record Ran(String printed, Optional<Problem> failure) {}

    private Ran run(Program builder, Copy copy, OverlayJob job) {
        try {
            return copy.files().size() < MANY ? once(builder, copy, job) : again(builder, copy, job);
        } catch (IOException | InvalidPathException e) {
            settled = false;
            Problem problem = problem(
                    job,
                    "could not be laid into a folder to be built ("
                            + e.getClass().getSimpleName() + ")");
            return new Ran("", Optional.of(problem));
        }
    }

    private Ran once(Program builder, Copy copy, OverlayJob job) throws IOException {
        Workplace place = Workplace.make();
        try (AtEnd _ = AtEnd.of(place::removeQuietly)) {
            return in(place, builder, copy, job);
        } finally {
            place.remove();
        }
    }

    /** In the folder in which the job was built before; it goes when the program ends. */
    private Ran again(Program builder, Copy copy, OverlayJob job) throws IOException {
        Optional<Workplace> kept = Optional.ofNullable(places.remove(job));
        if (kept.isEmpty() && places.size() >= MOST_PLACES) {
            return once(builder, copy, job);
        }
        Workplace place = kept.isPresent() ? kept.get() : Workplace.make();
        if (kept.isEmpty()) {
            AtEnd.of(place::removeQuietly);
        }
        Ran ran = in(place, builder, copy, job);
        places.put(job, place); // not after a failure: nobody knows what is in it then
        return ran;
    }

    private Ran in(Workplace place, Program builder, Copy copy, OverlayJob job) throws IOException {
        place.lay(copy.files());
        Path folder = place.folder();
        Path home = Files.createDirectories(folder.resolve("home"));
        Program.Outcome outcome = builder.build(folder.resolve(Copy.TOP_FOLDER), home, mostTime);
        if (outcome.cut()) {
            settled = false;
        }
        return outcome.output()
                .map(printed -> new Ran(printed, Optional.empty()))
                .orElseGet(() ->
                        new Ran("", Optional.of(Causes.of(outcome.error(), folder.toString(), copy, job.place()))));
    }
}
