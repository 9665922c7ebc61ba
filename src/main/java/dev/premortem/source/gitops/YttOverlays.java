package dev.premortem.source.gitops;

import dev.premortem.source.render.FileTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Objects that ytt changes before anybody applies them. ytt takes a folder with all below it, and an overlay in it names what it changes or removes by a part of
 * it, mostly kind and name. ytt is not run here, so what such an overlay names is left aside: its fields are not those that are deployed. Overlays that say by
 * code what they change (labels of everything, as a rule) are not followed. https://carvel.dev/ytt/docs/latest/ytt-overlays/ (read 2026-11-26)
 */
final class YttOverlays {
    /** A whole document's match; one within a document is indented. */
    private static final Pattern MATCH =
            Pattern.compile("(?m)^#@overlay/match +by=overlay\\.subset\\((\\{.*})\\)(?=[, \\r\\n]|$)");

    private static final Pattern KIND = Pattern.compile("\"kind\" *: *\"([A-Za-z]+)\"");
    private static final Pattern NAME = Pattern.compile("\"metadata\" *: *\\{[^}]*\"name\" *: *\"([^\"]+)\"");
    private static final Pattern COMPUTED = Pattern.compile("\"(kind|name|namespace)\" *: *(?![\" {])");

    /** What an overlay names; an empty name stands for all of the kind. */
    private record Named(String folder, String kind, String name, String file) {
        boolean takes(Manifest manifest) {
            return manifest.kind().equals(kind)
                    && (name.isEmpty() || manifest.name().equals(name))
                    && (folder.isEmpty() || manifest.file().startsWith(folder + "/"));
        }
    }

    private final List<Named> overlays = new ArrayList<>();

    YttOverlays(FileTree files) {
        Map<String, String> found = new TreeMap<>();
        SortedSet<String> folders = new TreeSet<>();
        files.texts().forEach((file, text) -> {
            if (text.contains("#@overlay/match ")) {
                found.put(file, text);
                folders.add(Folders.folder(file));
            }
        });
        found.forEach((file, text) -> {
            Matcher match = MATCH.matcher(text);
            while (match.find()) {
                String subset = match.group(1);
                Matcher kind = KIND.matcher(subset);
                if (kind.find() && !COMPUTED.matcher(subset).find()) {
                    Matcher name = NAME.matcher(subset);
                    overlays.add(new Named(
                            outermost(Folders.folder(file), folders),
                            kind.group(1),
                            name.find() ? name.group(1) : "",
                            file));
                }
            }
        });
    }

    /** The folder that is handed to ytt: folders of overlays one in another are handed over together. */
    private static String outermost(String folder, SortedSet<String> folders) {
        String outermost = folder;
        while (!outermost.isEmpty() && folders.contains(Folders.folder(outermost))) {
            outermost = Folders.folder(outermost);
        }
        return outermost;
    }

    /** The manifests that no overlay names; the others are noted. */
    List<Manifest> untouched(List<Manifest> manifests, Ledger ledger) {
        if (overlays.isEmpty()) {
            return manifests;
        }
        List<Manifest> rest = new ArrayList<>();
        for (Manifest manifest : manifests) {
            overlays.stream()
                    .filter(overlay -> overlay.takes(manifest))
                    .findFirst()
                    .ifPresentOrElse(
                            overlay -> ledger.leftOut(
                                    manifest.tree().place(),
                                    manifest.kind(),
                                    "ytt changes it (" + overlay.file() + "), and is not run here"),
                            () -> rest.add(manifest));
        }
        return List.copyOf(rest);
    }
}
