package dev.premortem.source;

import dev.premortem.fact.Problem;
import dev.premortem.fact.Tree;
import dev.premortem.outage.Coverage;
import dev.premortem.source.text.Harvest;
import dev.premortem.source.text.Limits;
import dev.premortem.source.text.Secrets;
import java.util.ArrayList;
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

    private static final int MOST_THREADS = 4;

    private final Predicate<String> charts;
    private final Limits limits;
    private final TreeCache.Known known;

    private FileParsing(Predicate<String> charts, Limits limits, TreeCache.Known known) {
        this.charts = charts;
        this.limits = limits;
        this.known = known;
    }

    /**
     * What parsing one file gave.
     *
     * @param open false for files that hold keys and are no manifests
     * @param hash of the content, where it may be kept
     * @param fresh true where it may be kept and was not known
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
        /** True where there is nothing to tell. */
        boolean clean() {
            return open && problems.isEmpty() && notUnderstood.isEmpty();
        }
    }

    /** Parses all files that are not known already. */
    static List<Parsed> all(SortedMap<String, String> texts, Limits limits, TreeCache.Known known) {
        List<Parsed> all = new FileParsing(Sources.charts(texts), limits, known).all(texts);
        known.keep(all);
        return all;
    }

    private List<Parsed> all(SortedMap<String, String> texts) {
        List<Map.Entry<String, String>> files = List.copyOf(texts.entrySet());
        int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
        return threads == 1 || files.size() <= SLICE ? some(files) : together(files, threads);
    }

    private List<Parsed> together(List<Map.Entry<String, String>> files, int threads) {
        List<Parsed> all = new ArrayList<>(files.size());
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<List<Parsed>>> begun = new ArrayList<>();
            for (int from = 0; from < files.size(); from += SLICE) {
                List<Map.Entry<String, String>> slice = files.subList(from, Math.min(files.size(), from + SLICE));
                begun.add(executor.submit(() -> some(slice)));
            }
            for (Future<List<Parsed>> slice : begun) {
                all.addAll(slice.get());
            }
            return all;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while files were parsed", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a reader failed: " + e.getCause(), e);
        }
    }

    private List<Parsed> some(List<Map.Entry<String, String>> files) {
        List<Parsed> parsed = new ArrayList<>(files.size());
        files.forEach(file -> parsed.add(one(file.getKey(), file.getValue())));
        return parsed;
    }

    private Parsed one(String file, String text) {
        Optional<byte[]> hash = known.hash(text);
        Optional<List<Document>> before = hash.flatMap(found -> known.find(file, found));
        if (before.isPresent()) {
            return new Parsed(file, text, before.get(), true, List.of(), List.of(), hash, false);
        }
        Harvest harvest = new Harvest();
        List<Document> documents = Sources.parse(file, text, charts, limits, harvest);
        boolean open = open(documents);
        boolean fresh = hash.isPresent() && open && harvest.problems.isEmpty() && harvest.notUnderstood.isEmpty();
        return new Parsed(file, text, documents, open, harvest.problems, harvest.notUnderstood, hash, fresh);
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
