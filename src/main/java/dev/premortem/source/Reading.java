package dev.premortem.source;

import dev.premortem.estate.Estate;
import dev.premortem.fact.Problem;
import dev.premortem.outage.Coverage;
import dev.premortem.source.live.Sightings;
import dev.premortem.source.render.FileTree;
import dev.premortem.source.render.Renderers;
import dev.premortem.source.text.Limits;
import java.util.List;
import java.util.SortedMap;

/**
 * What was read from files.
 *
 * @param texts text of each file that may be edited, by its name
 * @param nothingRead true where not one document could be read
 * @param parsing what parsing alone found wrong or left out, before anything was put together
 */
public record Reading(
        Estate estate,
        Coverage coverage,
        List<Document> documents,
        SortedMap<String, String> texts,
        boolean nothingRead,
        Parsing parsing) {
    /**
     * What parsing found, kept so that a change of one file does not parse all others again.
     *
     * @param documents as parsed, before anything was rendered
     * @param files all files, for renderers
     * @param sightings what was seen in running clusters
     */
    public record Parsing(
            List<Document> documents,
            List<Problem> problems,
            List<Coverage.NotUnderstood> notUnderstood,
            FileTree files,
            Renderers renderers,
            Limits limits,
            Sightings sightings) {}
}
