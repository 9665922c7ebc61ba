package dev.premortem.source.draft;

import java.util.ArrayList;
import java.util.List;

/** The documents of a file of limited length. What does not fit is counted, not written. */
final class Page {
    private final int most;
    private final List<String> lines = new ArrayList<>();
    private int documents;

    Page(int most, List<String> heading) {
        this.most = most;
        lines.addAll(heading);
    }

    /** Lines that are left for documents, with one kept for the remark at the end. */
    int room() {
        return most - lines.size() - 1;
    }

    /** Adds a document where it fits whole. */
    boolean add(List<String> document) {
        int needed = document.size() + (documents > 0 ? 1 : 0);
        if (needed > room()) {
            return false;
        }
        if (documents > 0) {
            lines.add("---");
        }
        lines.addAll(document);
        documents++;
        return true;
    }

    /** Adds a line for the reader where it fits. */
    void remark(String text) {
        if (room() > 0) {
            lines.add("# " + Scalar.comment(text));
        }
    }

    int documents() {
        return documents;
    }

    String text(String remark) {
        return String.join("\n", lines) + "\n" + (remark.isEmpty() ? "" : "# " + remark + "\n");
    }
}
