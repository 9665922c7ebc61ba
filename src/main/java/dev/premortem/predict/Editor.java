package dev.premortem.predict;

import dev.premortem.estate.Edit;
import dev.premortem.estate.Estate;
import dev.premortem.fact.Problem;
import java.util.List;

/** Applies edits to the text of the estate and reads it again. Only sources touch text; the command line hands one in. */
@FunctionalInterface
public interface Editor {
    /** What a problem says that was found where an edit aims at a template, an overlay's making or a chart elsewhere. */
    String NOT_EDITABLE = "made by a template, an overlay or a chart elsewhere";

    /** The estate after the edits, with a unified diff of the user's own files (empty where no text changes). */
    Edited apply(List<Edit> edits);

    /** What came of it. Problems that the estate did not have before mean that the patch does not read. */
    record Edited(Estate estate, String patch, List<Problem> newProblems) {}
}
