package dev.premortem.cli;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.premortem.source.Document;
import dev.premortem.source.Reading;
import dev.premortem.source.draft.Draft;
import dev.premortem.source.live.Observer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code premortem init}: writes one short file of declared kinds from what can be read, once. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Writes one short file of what no repository holds (clusters, sites, zones, products) from what can"
                        + " be read, guesses marked, for you to correct. Never overwrites: where the file is there, prints what"
                        + " would be different.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  premortem init",
            "  premortem init ~/src/home-ops --output declared.yaml",
            "  premortem init --live prod         and from what the cluster says of itself"
        })
final class InitCommand implements Callable<Integer>, Rooted {
    private final Surroundings around;

    @Parameters(paramLabel = "PATH", arity = "0..1", description = "folder (default: .)")
    @Nullable
    private Path path;

    @Mixin
    private ClusterOptions live = new ClusterOptions();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "the file to write (default: premortem/estate.yaml below PATH)")
    @Nullable
    private Path output;

    InitCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public List<Path> roots() {
        return List.of(folder());
    }

    private Path folder() {
        return path == null ? Path.of(".") : path;
    }

    @Override
    public Integer call() {
        List<Path> given = live.roots(path == null ? List.of() : List.of(path), around);
        if (given.size() > 1) {
            throw new WrongUsage("init reads one folder; given were " + given.getFirst() + " and " + given.get(1));
        }
        Path path = given.isEmpty() ? folder() : given.getFirst();
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new WrongUsage(path + " is no folder; expected the folder of a repository");
        }
        Path file = output == null ? path.resolve("premortem").resolve("estate.yaml") : output;
        Path root = path.toAbsolutePath().normalize();
        Path full = file.toAbsolutePath().normalize();
        String own = full.startsWith(root) ? root.relativize(full).toString().replace('\\', '/') : "";
        Reading reading = new Estates(
                        around, new Choices(), live.observer(around).orElse(Observer.blind()))
                .read(List.of(path), own::equals);
        Draft draft = Draft.of(
                reading.estate(),
                reading.documents().stream().map(Document::tree).toList(),
                true);
        String text = draft.text();
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            around.out().print(difference(file, text));
        } else if (text.isEmpty()) {
            around.out().println("Nothing to write: what can be read is declared already.");
        } else {
            write(file, text);
            around.out()
                    .println("Wrote " + file + ": " + String.join(", ", draft.made())
                            + ".\nnext: correct the guesses in it, then premortem check " + path + live.arguments());
        }
        around.out().flush();
        return Exit.FINE;
    }

    private static void write(Path file, String text) {
        try {
            Path folder = file.getParent();
            if (folder != null) {
                if (Files.isSymbolicLink(folder)) {
                    throw new WrongUsage(folder + " is a symbolic link; expected a folder");
                }
                Files.createDirectories(folder);
            }
            Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new WrongUsage("cannot write " + file + ": " + e.getClass().getSimpleName()
                    + "; expected a folder that may be written");
        }
    }

    /** What would be different, as a unified diff from what is there. */
    private static String difference(Path file, String text) {
        try {
            List<String> there = Files.readString(file).lines().toList();
            List<String> wanted = text.lines().toList();
            List<String> diff = UnifiedDiffUtils.generateUnifiedDiff(
                    file.toString(), "what init would write now", there, DiffUtils.diff(there, wanted), 3);
            return diff.isEmpty()
                    ? file + " says all that init would write.\n"
                    : file + " is there and stays as it is. What init would write now:\n\n" + String.join("\n", diff)
                            + "\n";
        } catch (IOException e) {
            throw new WrongUsage("cannot read " + file + ": " + e.getClass().getSimpleName()
                    + "; expected a file that init wrote, or none");
        }
    }
}
