package dev.premortem.source;

import dev.premortem.fact.Tree;
import dev.premortem.source.cache.ContentCache;
import dev.premortem.source.text.Limits;
import dev.premortem.source.text.TreePack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What the files of a tree parsed to in an earlier run, one content for the whole tree. Only what was read without a word is kept, and nothing
 * that holds a Secret or a key; a file counts only with the very bytes it had.
 */
public final class TreeCache {
    /** Below so many characters in all files parsing is as fast as looking. */
    private static final int LEAST_CHARACTERS = 400_000;

    /** A pack is written anew when one in so many of the files is not in it. */
    private static final int ONE_OF = 50;

    /** What the whole cache may have: 512 MiB. */
    private static final long MOST_BYTES = 512L << 20;

    private final ContentCache cache;
    private final String program;

    private TreeCache(ContentCache cache, String program) {
        this.cache = cache;
        this.program = program;
    }

    /** A cache that keeps nothing. */
    public static TreeCache none() {
        return new TreeCache(ContentCache.none(), "");
    }

    /**
     * A cache of trees.
     *
     * @param program tells one build of the readers from every other
     */
    public static TreeCache in(ContentCache cache, String program) {
        return new TreeCache(cache, program);
    }

    boolean keepsNothing() {
        return cache.keepsNothing();
    }

    /** What is known of files. */
    Known known(Contents contents, Limits limits) {
        long characters =
                contents.texts().values().stream().mapToLong(String::length).sum();
        if (cache.keepsNothing() || characters < LEAST_CHARACTERS) {
            return Known.nothing();
        }
        ContentCache.Key key = new ContentCache.Key("trees")
                .with(program)
                .with(limits.depth() + " " + limits.values())
                .with(String.valueOf(contents.roots().size()));
        try {
            for (Path root : contents.roots()) {
                key.with(root.toRealPath().toString());
            }
        } catch (IOException gone) {
            return Known.nothing(); // the walk has told it
        }
        String name = key.name();
        TreePack pack = cache.find(name).flatMap(TreePack::open).orElseGet(TreePack::empty);
        return new Known(Optional.of(cache), name, pack, contents.hashes());
    }

    /** What an earlier run left of a tree, and where this one leaves it. */
    static final class Known {
        private final Optional<ContentCache> cache;
        private final String name;
        private final TreePack pack;
        private final SortedMap<String, byte[]> hashes;

        private Known(Optional<ContentCache> cache, String name, TreePack pack, SortedMap<String, byte[]> hashes) {
            this.cache = cache;
            this.name = name;
            this.pack = pack;
            this.hashes = hashes;
        }

        static Known nothing() {
            return new Known(Optional.empty(), "", TreePack.empty(), Collections.emptySortedMap());
        }

        /** False for a template, which the files around it decide about, and for keys. A text that is known passed here before. */
        static boolean mayKeep(String text) {
            return !text.contains("{{") && !text.contains("PRIVATE KEY");
        }

        /** The hash of a file; empty where nothing is kept. */
        Optional<byte[]> hash(String file) {
            return Optional.ofNullable(hashes.get(file));
        }

        /** True where the file had this content when the pack was made. */
        boolean knows(String file, byte[] hash) {
            return pack.knows(file, hash);
        }

        /** The documents of a file with this content. */
        Optional<List<Document>> find(String file, byte[] hash) {
            return pack.find(file, hash)
                    .map(parts -> parts.stream()
                            .map(part -> new Document(file, part.index(), part.tree()))
                            .toList());
        }

        /** Keeps what was parsed, unless almost all of it is kept already: to write it all costs as much as to parse a few again. */
        void keep(List<FileParsing.Parsed> files) {
            long fresh = files.stream().filter(FileParsing.Parsed::fresh).count();
            if (cache.isEmpty() || fresh * ONE_OF < files.size() && pack.size() > 0 || fresh == 0) {
                return;
            }
            List<TreePack.Kept> kept = new ArrayList<>();
            for (FileParsing.Parsed file : files) {
                if (file.hash().isPresent()) {
                    kept.add(new TreePack.Kept(
                            file.file(),
                            file.hash().get(),
                            file.documents().stream()
                                    .map(document -> new TreePack.Part(document.index(), document.tree()))
                                    .toList()));
                }
            }
            cache.get().keep(name, TreePack.bytes(kept));
            cache.get().trim(MOST_BYTES);
        }

        /** False for Secrets, and for texts that are no YAML. */
        static boolean mayKeep(List<Document> documents) {
            return documents.stream().noneMatch(Known::secret);
        }

        private static boolean secret(Document document) {
            return document.tree() instanceof Tree.Scalar
                    || document.tree()
                            .text("kind")
                            .filter(kind -> kind.value().equals("Secret"))
                            .isPresent();
        }
    }
}
