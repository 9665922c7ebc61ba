package dev.premortem.source.settings;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Problem;
import dev.premortem.fact.Tree;
import dev.premortem.predict.OutsideAcceptance;
import dev.premortem.predict.Predictor;
import dev.premortem.source.text.Fields;
import dev.premortem.source.text.Harvest;
import dev.premortem.source.text.Limits;
import dev.premortem.source.text.Near;
import dev.premortem.source.text.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One {@code .premortem.yaml}. */
final class SettingsFile {
    private static final Limits LIMITS = new Limits(1L << 20, 1L << 20, 16, 20_000);
    /** Every pattern is held against every file, so a hostile list must end somewhere. */
    private static final int MOST_PATTERNS = 200;

    private static final int LONGEST_PATTERN = 200;
    private static final Pattern KUBERNETES = Pattern.compile("v?1\\.[0-9]{1,3}(\\.[0-9]{1,3})?");
    private static final String[] FLAGS = {"all", "coverage", "quiet", "noCache", "noColor", "noRender"};

    private final Harvest harvest = new Harvest();
    private final SortedMap<String, Setting> options = new TreeMap<>();
    private final List<Glob> ignored = new ArrayList<>();
    private final List<OutsideAcceptance> accepted = new ArrayList<>();
    private final Path folder;
    private final String below;
    private final String prefix;

    /**
     * @param folder that the file stands in
     * @param below the way from there to what is read, empty or with a slash at its end
     * @param prefix what stands before names of files in the reading
     */
    private SettingsFile(Path folder, String below, String prefix) {
        this.folder = folder;
        this.below = below;
        this.prefix = prefix;
    }

    /** Reads a file that stands in or above the folder that is checked. */
    static SettingsFile read(Path file, Path checked, String prefix) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        Path at = folder == null ? checked : folder;
        String below = at.relativize(checked).toString().replace('\\', '/');
        SettingsFile settings = new SettingsFile(at, below.isEmpty() ? "" : below + "/", prefix);
        settings.read(file, shown(file));
        return settings;
    }

    /** As the user would name it from where he stands. */
    private static String shown(Path file) {
        Path here = Path.of("").toAbsolutePath().normalize();
        Path shown = file.startsWith(here) ? here.relativize(file) : file;
        return shown.toString().replace('\\', '/');
    }

    private void read(Path file, String shown) {
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LIMITS.fileBytes()) {
                harvest.problems.add(new Problem(
                        shown, 0, "", "is no plain file of at most 1 MiB; not read", "settings in YAML", ""));
                return;
            }
            String text = Files.readString(file);
            List<Texts.Parsed> documents = Texts.read(shown, text, _ -> false, LIMITS, harvest);
            documents.stream().findFirst().ifPresent(document -> read(document.tree()));
            if (documents.size() > 1) {
                harvest.problem(
                        documents.get(1).tree().place(),
                        "is a second document; it is ignored",
                        "one document in the file");
            }
        } catch (IOException e) {
            harvest.problems.add(
                    new Problem(shown, 0, "", "cannot be read (" + e.getClass().getSimpleName() + ")", "UTF-8", ""));
        }
    }

    private void read(Tree tree) {
        Fields fields = Fields.of(tree, harvest);
        fields.allow(Keys.all());
        fields.duration("horizon")
                .filter(found -> positive(found, found.value().isPositive()))
                .ifPresent(found -> set("horizon", found, found.value().toString()));
        fields.integer("order", 1)
                .filter(found -> within(found, found.value() <= 3, "1, 2 or 3"))
                .ifPresent(found -> set("order", found, found.value().toString()));
        fields.word("failOn", "critical", "high", "medium", "low", "none")
                .ifPresent(found -> set("failOn", found, found.value()));
        for (String flag : FLAGS) {
            fields.flag(flag).ifPresent(found -> set(flag, found, found.value().toString()));
        }
        list("mechanisms", mechanisms(fields, "mechanisms"));
        list("notMechanisms", mechanisms(fields, "notMechanisms"));
        list(
                "format",
                fields.texts("format").stream()
                        .filter(found -> within(found, List.of("text", "json").contains(found.value()), "text or json"))
                        .toList());
        fields.text("baseline")
                .filter(found -> within(found, named(found.value()), "the name of a file"))
                .ifPresent(found -> set("baseline", found, file(found.value())));
        fields.text("kubeVersion")
                .filter(found -> within(found, KUBERNETES.matcher(found.value()).matches(), "a version such as 1.33.0"))
                .ifPresent(found -> set("kubeVersion", found, found.value()));
        Keys.REFUSED.forEach((key, does) -> fields.get(key).ifPresent(value -> refuse(value, key, does)));
        ignore(fields);
        fields.each("accept").forEach(this::accept);
    }

    private void set(String key, Fact<?> found, String value) {
        options.put(String.valueOf(Keys.options().get(key)), new Setting(value, place(found)));
    }

    private void list(String key, List<Fact<String>> values) {
        if (!values.isEmpty()) {
            set(key, values.getFirst(), values.stream().map(Fact::value).collect(Collectors.joining(",")));
        }
    }

    private static Declared place(Fact<?> fact) {
        if (fact.provenance() instanceof Declared declared) {
            return declared;
        }
        throw new IllegalStateException("a value of a file has its place: " + fact);
    }

    private boolean positive(Fact<?> found, boolean good) {
        return within(found, good, "a duration such as 90d");
    }

    private boolean within(Fact<?> found, boolean good, String expected) {
        if (!good) {
            harvest.problem(place(found), "\"" + found.value() + "\"", expected);
        }
        return good;
    }

    private List<Fact<String>> mechanisms(Fields fields, String key) {
        return fields.texts(key).stream().filter(this::mechanism).toList();
    }

    private boolean mechanism(Fact<String> found) {
        List<String> known = Predictor.mechanisms();
        if (!known.contains(found.value())) {
            harvest.problem(
                    place(found),
                    "no mechanism is called \"" + found.value() + "\"",
                    "an id that premortem explain lists",
                    Near.nearest(found.value(), known)
                            .map(name -> "you meant " + name)
                            .orElse(""));
            return false;
        }
        return true;
    }

    /** What may name a file at all: the file system refuses a NUL. */
    private static boolean named(String name) {
        return !name.isBlank() && name.indexOf('\0') < 0;
    }

    /** Files are named from where the settings stand. */
    private String file(String name) {
        return folder.resolve(name).normalize().toString();
    }

    private void refuse(Tree value, String key, String does) {
        harvest.problem(
                value.place(),
                does + ", which no file may make it do; not done",
                "--" + key + " on the command line, or the variable PREMORTEM_" + key.toUpperCase(Locale.ROOT));
    }

    private void ignore(Fields fields) {
        List<Fact<String>> patterns = fields.texts("ignore");
        for (Fact<String> pattern : patterns) {
            boolean good = !pattern.value().startsWith("!")
                    && !pattern.value().isBlank()
                    && pattern.value().length() <= LONGEST_PATTERN;
            if (within(
                    pattern,
                    good && ignored.size() < MOST_PATTERNS,
                    good
                            ? "at most " + MOST_PATTERNS + " patterns"
                            : "a pattern such as vendor/ or **/*.bak.yaml, of at most " + LONGEST_PATTERN
                                    + " letters")) {
                ignored.add(Glob.files(pattern.value()));
            }
        }
    }

    private void accept(Fields entry) {
        entry.allow("outage", "mechanism", "of", "paths", "until", "reason");
        Optional<Fact<String>> outage = entry.text("outage");
        Optional<Fact<String>> mechanism = entry.text("mechanism").filter(this::mechanism);
        List<Fact<String>> of = entry.texts("of");
        List<Fact<String>> paths = entry.texts("paths");
        Optional<Fact<String>> until = entry.text("until");
        Optional<Instant> end = until.map(Fact::value).flatMap(OutsideAcceptance::end);
        Optional<Fact<String>> reason =
                entry.text("reason").filter(text -> !text.value().isBlank());
        if (entry.get("outage").isPresent() == entry.get("mechanism").isPresent()) {
            harvest.problem(
                    entry.place(),
                    entry.get("outage").isPresent()
                            ? "names an outage and a mechanism; it does not count"
                            : "names neither an outage nor a mechanism; it does not count",
                    "outage: ID, or mechanism: ID");
            return;
        }
        if (end.isEmpty()) {
            harvest.problem(
                    until.map(SettingsFile::place).orElse(entry.place()),
                    until.map(text -> "\"" + text.value() + "\" is no date; the entry does not count")
                            .orElse("has no end; the entry does not count"),
                    "until: 2027-01-31");
        }
        if (reason.isEmpty()) {
            harvest.problem(entry.place(), "has no reason; the entry does not count", "reason: why this is borne");
        }
        boolean everywhere = mechanism.isPresent() && of.isEmpty() && paths.isEmpty();
        if (everywhere) {
            harvest.problem(
                    entry.place(),
                    "accepts a mechanism everywhere; the entry does not count",
                    "of: a reference such as main/shop/**, or paths: [vendor/]",
                    "notMechanisms is what you want");
        }
        Optional<Fact<String>> name = outage.or(() -> mechanism);
        if (name.isPresent() && end.isPresent() && reason.isPresent() && !everywhere) {
            accepted.add(new OutsideAcceptance(
                    name.get().value(),
                    references(of),
                    files(paths),
                    end.get(),
                    reason.get().value(),
                    entry.place(),
                    below.isEmpty()));
        }
    }

    private static Predicate<String> references(List<Fact<String>> patterns) {
        List<Glob> globs =
                patterns.stream().map(text -> Glob.anchored(text.value())).toList();
        return reference -> globs.isEmpty() || globs.stream().anyMatch(glob -> glob.covers(reference));
    }

    private Predicate<String> files(List<Fact<String>> patterns) {
        List<Glob> globs =
                patterns.stream().map(text -> Glob.files(text.value())).toList();
        return file -> globs.isEmpty() || covers(globs, file);
    }

    /** Names of the reading count from what is checked, patterns from where the settings stand. */
    private boolean covers(List<Glob> globs, String file) {
        return file.startsWith(prefix)
                && globs.stream().anyMatch(glob -> glob.covers(below + file.substring(prefix.length())));
    }

    SortedMap<String, Setting> options() {
        return options;
    }

    Predicate<String> ignored() {
        return file -> covers(ignored, file);
    }

    List<OutsideAcceptance> accepted() {
        return accepted;
    }

    List<Problem> problems() {
        return harvest.problems;
    }
}
