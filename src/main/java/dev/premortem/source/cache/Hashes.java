package dev.premortem.source.cache;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Hashes of texts, each computed once: a tree that is read again for each fix has few that changed. For the time of one run. */
public final class Hashes {
    private static final int MOST = 200_000;

    private final Map<String, String> known = new ConcurrentHashMap<>();

    /** The name of a text as a content; equal texts have equal names. */
    public String of(String text) {
        String before = known.get(text);
        if (before != null) {
            return before;
        }
        String name = new ContentCache.Key("text").with(text).name();
        if (known.size() < MOST) {
            known.put(text, name);
        }
        return name;
    }
}
