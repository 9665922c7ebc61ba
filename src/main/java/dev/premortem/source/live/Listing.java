package dev.premortem.source.live;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.text.JsonItems;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Lists of the API, page by page. */
final class Listing {
    private static final int PAGE = 500;
    /** A hundred thousand objects of one kind; more is said to be cut. */
    private static final int MOST_PAGES = 200;
    /** The continuation of a list ends after five minutes (410 Gone); the list then starts anew. */
    private static final int MOST_STARTS = 3;

    private static final int GONE = 410;

    private final ApiServer server;

    Listing(ApiServer server) {
        this.server = server;
    }

    /**
     * All objects of a kind.
     *
     * @param whole false where the list was longer than what is read
     */
    record All(List<Tree> items, boolean whole) {}

    /** Reads all objects of a kind; what is not kept is never a text. */
    Answer<All> read(LiveKind kind, String version, Predicate<String> kept) {
        Answer<All> last = new Answer.Failed<>("the list ended too early " + MOST_STARTS + " times");
        for (int start = 0; start < MOST_STARTS; start++) {
            last = once(kind, version, kept);
            if (!(last instanceof Answer.Refused<All>(int status) && status == GONE)) {
                return last;
            }
        }
        return last;
    }

    private Answer<All> once(LiveKind kind, String version, Predicate<String> kept) {
        List<Tree> items = new ArrayList<>();
        String next = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            Answer<Tree> answer = server.get(
                    path(kind, version, next), body -> JsonItems.items(body, ApiServer.LIMITS, kept, items::add));
            switch (answer) {
                case Answer.Got<Tree>(Tree rest) -> {
                    Optional<String> more =
                            rest.text("metadata.continue").map(Fact::value).filter(text -> !text.isEmpty());
                    if (more.isEmpty()) {
                        return new Answer.Got<>(new All(items, true));
                    }
                    next = more.get();
                }
                case Answer.Refused<Tree>(int status) -> {
                    return new Answer.Refused<>(status);
                }
                case Answer.Failed<Tree>(String why) -> {
                    return new Answer.Failed<>(why);
                }
            }
        }
        return new Answer.Got<>(new All(items, false));
    }

    private static String path(LiveKind kind, String version, String next) {
        StringBuilder path =
                new StringBuilder(kind.path(version)).append("?limit=").append(PAGE);
        if (!kind.selector().isEmpty()) {
            path.append("&fieldSelector=").append(URLEncoder.encode(kind.selector(), StandardCharsets.UTF_8));
        }
        if (!next.isEmpty()) {
            path.append("&continue=").append(URLEncoder.encode(next, StandardCharsets.UTF_8));
        }
        return path.toString();
    }
}
