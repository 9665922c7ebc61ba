package dev.premortem.source.helm;

import dev.premortem.fact.Tree;
import dev.premortem.source.text.Harvest;
import dev.premortem.source.text.Limits;
import dev.premortem.source.text.Texts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Files of charts, each parsed once: a tree that is read again for each fix has few that changed. For the time of one run. */
final class ParsedFiles {
    private static final int MOST = 20_000;

    /** Longer ones are parsed each time, so that what is kept stays within some hundred megabytes in the worst case. */
    private static final int LONGEST = 100_000;

    private final Map<File, Optional<Tree>> known = new ConcurrentHashMap<>();

    private record File(String name, String text) {}

    /** The first document of a file; empty where there is none. */
    Optional<Tree> first(String name, String text) {
        File file = new File(name, text);
        Optional<Tree> before = known.get(file);
        if (before != null) {
            return before;
        }
        List<Texts.Parsed> documents = name.endsWith(".lock")
                ? Texts.yaml(name, text)
                : Texts.read(name, text, _ -> false, Limits.DEFAULT, new Harvest());
        Optional<Tree> tree = documents.stream().findFirst().map(Texts.Parsed::tree);
        if (text.length() <= LONGEST && known.size() < MOST) {
            known.put(file, tree);
        }
        return tree;
    }
}
