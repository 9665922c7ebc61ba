package dev.premortem.source;

import dev.premortem.fact.Problem;
import dev.premortem.fact.Tree;
import dev.premortem.outage.Coverage;
import dev.premortem.source.text.Harvest;
import dev.premortem.source.text.Limits;
import dev.premortem.source.text.Secrets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/** Parses the files of a tree, several at a time. What comes out is in the order of names, whichever file was finished first. */
final class FileParsing {
    /** Files that one thread takes at once: enough that handing them out costs nothing. */
    private static final int SLICE = 64;

    private static final int SLICE_CHARACTERS = 1 << 20;

    private static final int MOST_THREADS = 4;

    /** More than any estate has; a tree of hostile files would have them without end, a thousand from a line. */
    private static final long MOST_VALUES = 10_000_000;

    private final Predicate<String> charts;
    private final Limits limits;
    private final TreeCache.Known known;
    private long values;

    private FileParsing(Predicate<String> charts, Limits limits, TreeCache.Known known) {
        this.charts = charts;
        this.limits = limits;
        this.known = known;
    }

    /**
     * What parsing one file gave.
     *
     * @param open false for files that hold keys and are no manifests
     * @param hash of the content, where what it parsed to may be kept
     * @param fresh true where it may be kept and an earlier run did not know it
     */
    record Parsed(
            String file,
            String text,
            List<Document> documents,
            boolean open,
            List<Problem> problems,
            List<Coverage.NotUnderstood> notUnderstood,
            Optional<byte[]> hash,
            boolean fresh) {
        long values() {
            return documents.stream()
                    .mapToLong(document -> FileParsing.values(document.tree()))
                    .sum();
        }
    }

    /** Parses all files that are not known already. */
    static List<Parsed> all(SortedMap<String, String> texts, Limits limits, TreeCache.Known known) {
        List<Parsed> all = new FileParsing(Sources.charts(texts), limits, known).all(texts);
        known.keep(all);
        return all;
    }

    private List<Parsed> all(SortedMap<String, String> texts) {
        List<List<Map.Entry<String, String>>> slices = slices(texts);
        int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
        List<Parsed> all = new ArrayList<>(texts.size());
        if (threads == 1 || slices.size() < 2) {
            slices.forEach(slice -> take(values > MOST_VALUES ? unread(slice) : some(slice), all));
            return all;
        }
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            Deque<Future<List<Parsed>>> begun = new ArrayDeque<>();
            for (List<Map.Entry<String, String>> slice : slices) {
                boolean full = values > MOST_VALUES;
                begun.add(executor.submit(() -> full ? unread(slice) : some(slice)));
                // no more ahead than threads need, so that what is dropped below was never much
                if (begun.size() > 2 * threads) {
                    take(begun.removeFirst().get(), all);
                }
            }
            for (Future<List<Parsed>> slice : begun) {
                take(slice.get(), all);
            }
            return all;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while files were parsed", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a reader failed: " + e.getCause(), e);
        }
    }

    /** Counts values in the order of names, so that the same files are left out however many threads there are. */
    private void take(List<Parsed> slice, List<Parsed> all) {
        for (Parsed parsed : slice) {
            values += parsed.values();
            all.add(values > MOST_VALUES ? unread(parsed.file(), parsed.text()) : parsed);
        }
    }

    private static List<Parsed> unread(List<Map.Entry<String, String>> slice) {
        return slice.stream()
                .map(file -> unread(file.getKey(), file.getValue()))
                .toList();
    }

    private static Parsed unread(String file, String text) {
        String found = "is past the limit of values in all; not read";
        Problem problem = new Problem(file, 0, "", found, "at most " + MOST_VALUES + " values in all files", "");
        return new Parsed(file, text, List.of(), true, List.of(problem), List.of(), Optional.empty(), false);
    }

    /** Neighbours in the order of names, few enough and small enough that threads share the work evenly. */
    private static List<List<Map.Entry<String, String>>> slices(SortedMap<String, String> texts) {
        List<List<Map.Entry<String, String>>> slices = new ArrayList<>();
        List<Map.Entry<String, String>> slice = new ArrayList<>();
        long characters = 0;
        for (Map.Entry<String, String> file : texts.entrySet()) {
            if (slice.size() == SLICE || characters > SLICE_CHARACTERS) {
                slices.add(slice);
                slice = new ArrayList<>();
                characters = 0;
            }
            slice.add(file);
            characters += file.getValue().length();
        }
        slices.add(slice);
        return slices;
    }

    private List<Parsed> some(List<Map.Entry<String, String>> files) {
        List<Parsed> parsed = new ArrayList<>(files.size());
        files.forEach(file -> parsed.add(one(file.getKey(), file.getValue())));
        return parsed;
    }

    private Parsed one(String file, String text) {
        Optional<byte[]> hash = known.hash(file);
        Optional<List<Document>> before = hash.flatMap(found -> known.find(file, found));
        if (before.isPresent()) {
            return new Parsed(file, text, before.get(), true, List.of(), List.of(), hash, false);
        }
        if (OtherTools.is(file, text)) {
            return new Parsed(file, text, List.of(), true, List.of(), List.of(), Optional.empty(), false);
        }
        Harvest harvest = new Harvest();
        List<Document> documents = Sources.parse(file, text, charts, limits, harvest);
        boolean open = open(documents);
        if (OtherTools.mayBeBroken(file, text)) {
            harvest.problems.clear();
        }
        boolean clean = open && harvest.problems.isEmpty() && harvest.notUnderstood.isEmpty();
        Optional<byte[]> keep =
                hash.filter(_ -> clean && TreeCache.Known.mayKeep(text) && TreeCache.Known.mayKeep(documents));
        boolean fresh = keep.filter(found -> !known.knows(file, found)).isPresent();
        return new Parsed(file, text, documents, open, harvest.problems, harvest.notUnderstood, keep, fresh);
    }

    private static long values(Tree tree) {
        long values = 1;
        for (Tree item : tree.items()) {
            values += values(item);
        }
        for (Tree.Entry entry : tree.entries()) {
            values += values(entry.value());
        }
        return values;
    }

    /** Files that hold keys and are no manifests are not kept as text: nobody edits them, and their content must not travel. */
    private static boolean open(List<Document> documents) {
        for (Document document : documents) {
            boolean key = document.tree() instanceof Tree.Scalar scalar
                    && scalar.value().contains("-----BEGIN ");
            if (key || Secrets.kubeconfig(document.tree()) || Secrets.acmeStore(document.tree())) {
                return false;
            }
        }
        return true;
    }
}
