package dev.premortem.tidy;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The compiled classes of the program, as far as the tidy tests look at them. */
final class Classes {
    private static final Path COMPILED = Path.of("target/classes");
    private static final Pattern DESCRIPTOR = Pattern.compile("L([\\w/$]+)[;<]");

    /**
     * One class.
     *
     * @param name with dots
     * @param uses names of classes that it mentions anywhere
     * @param calls {@code owner.method} of what it calls
     */
    record Compiled(String name, Set<String> uses, Set<String> calls, ClassModel model) {
        /** Its package below {@code dev.premortem}. */
        String room() {
            return Classes.room(name);
        }
    }

    private Classes() {}

    static String room(String name) {
        String below = name.substring("dev.premortem.".length());
        return below.contains(".") ? below.substring(0, below.lastIndexOf('.')) : "";
    }

    static List<Compiled> all() throws IOException {
        List<Compiled> classes = new ArrayList<>();
        try (Stream<Path> files = Files.walk(COMPILED)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class"))
                    .sorted()
                    .toList()) {
                classes.add(of(ClassFile.of().parse(file)));
            }
        }
        if (classes.isEmpty()) {
            throw new IllegalStateException("no classes in " + COMPILED + ": compile first");
        }
        return classes;
    }

    private static Compiled of(ClassModel model) {
        Set<String> uses = new TreeSet<>();
        Set<String> calls = new TreeSet<>();
        for (PoolEntry entry : model.constantPool()) {
            switch (entry) {
                case ClassEntry type -> mention(type.asInternalName(), uses);
                case MemberRefEntry member ->
                    calls.add(member.owner().asInternalName().replace('/', '.') + "."
                            + member.name().stringValue());
                case Utf8Entry text
                when text.stringValue().contains(";") -> {
                    Matcher types = DESCRIPTOR.matcher(text.stringValue());
                    while (types.find()) {
                        uses.add(types.group(1).replace('/', '.'));
                    }
                }
                default -> {
                    // numbers and strings name no class
                }
            }
        }
        return new Compiled(model.thisClass().asInternalName().replace('/', '.'), uses, calls, model);
    }

    private static void mention(String internal, Set<String> uses) {
        if (!internal.startsWith("[")) {
            uses.add(internal.replace('/', '.'));
        } else if (internal.endsWith(";")) {
            uses.add(internal.substring(internal.indexOf('L') + 1, internal.length() - 1)
                    .replace('/', '.'));
        }
    }

    /** Lines from the first to the last that have code. */
    static int lines(MethodModel method) {
        int first = Integer.MAX_VALUE;
        int last = 0;
        for (CodeModel code : method.code().stream().toList()) {
            for (var table : code.findAttributes(Attributes.lineNumberTable())) {
                for (var line : table.lineNumbers()) {
                    first = Math.min(first, line.lineNumber());
                    last = Math.max(last, line.lineNumber());
                }
            }
        }
        return last == 0 ? 0 : last - first + 1;
    }
}
