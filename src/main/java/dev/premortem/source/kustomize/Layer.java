package dev.premortem.source.kustomize;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Tree;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What one file, patch or field of an overlay says about a value that was built, followed down the object key by key. */
sealed interface Layer {
    /** What it says about the value below a key. */
    Stream<Layer> key(String key);

    /** What it says about an item of a list. */
    Stream<Layer> item(List<Tree> built, int index);

    /** What it says about a scalar; empty where it says nothing. */
    Optional<Verdict> scalar(Tree.Scalar built);

    /**
     * A word on a scalar.
     *
     * @param place where it is said
     * @param bearing what that means
     */
    record Verdict(Declared place, Bearing bearing) {}

    /** How what is said relates to what was built. */
    enum Bearing {
        /** The very value stands there. */
        LITERAL,
        /** The value was made from what stands there. */
        COMPOSED,
        /** Something else stands there. */
        OTHER
    }

    /** How much of what stands at a path a value is. */
    enum Extent {
        /** All of it, as in the object's own file. */
        WHOLE,
        /** A part that was merged into the rest, as of a patch. */
        MERGED,
        /** A part that many objects get. */
        SPREAD
    }

    /**
     * A value as it is written.
     *
     * @param key place of its key
     */
    record Part(Tree value, Declared key, Extent extent) implements Layer {
        @Override
        public Stream<Layer> key(String name) {
            return value.entries().stream()
                    .filter(entry -> entry.key().equals(name))
                    .map(entry -> new Part(entry.value(), entry.place(), extent));
        }

        @Override
        public Stream<Layer> item(List<Tree> built, int index) {
            return Alignment.counterpart(built, index, value.items()).stream()
                    .map(found -> new Part(found, found.place(), extent));
        }

        @Override
        public Optional<Verdict> scalar(Tree.Scalar built) {
            if (!(value instanceof Tree.Scalar)) {
                return Optional.empty();
            }
            boolean made = Placement.made(value.place());
            Bearing equal = made ? Bearing.COMPOSED : Bearing.LITERAL;
            return Optional.of(new Verdict(value.place(), Alignment.same(built, value) ? equal : Bearing.OTHER));
        }
    }

    /**
     * A value at the end of a path, as an operation of a JSON patch or a field of an overlay sets it.
     *
     * @param path keys and indices still to go
     */
    record Below(List<String> path, Tree value, Bearing bearing) implements Layer {
        @Override
        public Stream<Layer> key(String key) {
            return path.getFirst().equals(key) ? next() : Stream.of();
        }

        @Override
        public Stream<Layer> item(List<Tree> built, int index) {
            String head = path.getFirst();
            if (head.equals("-")) {
                boolean mine = path.size() == 1 && landed(built, index) && Alignment.alone(built, index);
                return mine ? next() : Stream.of();
            }
            if (head.equals(Integer.toString(index))) {
                return next();
            }
            // Items that were put before it later move its item: it may be any where its value stands, or all where it
            // stands nowhere.
            boolean here = IntStream.range(0, built.size())
                    .anyMatch(at -> head.equals(Integer.toString(at)) && landed(built, at));
            return here && !landed(built, index) ? Stream.of() : new Below(path, value, Bearing.OTHER).next();
        }

        private boolean landed(List<Tree> built, int index) {
            Optional<Tree> found = Optional.of(built.get(index));
            for (String key : path.subList(1, path.size())) {
                found = found.flatMap(tree -> below(tree, key));
            }
            return found.filter(tree -> Alignment.same(tree, value)).isPresent();
        }

        private static Optional<Tree> below(Tree tree, String key) {
            return switch (tree) {
                case Tree.Mapping mapping -> mapping.get(key);
                case Tree.Sequence sequence ->
                    IntStream.range(0, sequence.values().size())
                            .filter(at -> key.equals(Integer.toString(at)))
                            .mapToObj(at -> sequence.values().get(at))
                            .findFirst();
                case Tree.Scalar ignored -> Optional.empty();
            };
        }

        private Stream<Layer> next() {
            if (path.size() > 1) {
                return Stream.of(new Below(path.subList(1, path.size()), value, bearing));
            }
            return Stream.of(
                    bearing == Bearing.LITERAL
                            ? new Part(value, value.place(), Extent.WHOLE)
                            : new Made(value.place(), bearing));
        }

        @Override
        public Optional<Verdict> scalar(Tree.Scalar built) {
            return Optional.empty();
        }
    }

    /** A place from which a scalar was made by a rule, or that may have set it or anything below. */
    record Made(Declared place, Bearing bearing) implements Layer {
        @Override
        public Stream<Layer> key(String key) {
            return bearing == Bearing.OTHER ? Stream.of(this) : Stream.of();
        }

        @Override
        public Stream<Layer> item(List<Tree> built, int index) {
            return key("");
        }

        @Override
        public Optional<Verdict> scalar(Tree.Scalar built) {
            return Optional.of(new Verdict(place, bearing));
        }
    }

    /** Labels or annotations that are put below every key of a certain name. */
    record Pairs(List<String> under, Tree pairs) implements Layer {
        @Override
        public Stream<Layer> key(String key) {
            return under.contains(key)
                    ? Stream.of(this, new Part(pairs, pairs.place(), Extent.SPREAD))
                    : Stream.of(this);
        }

        @Override
        public Stream<Layer> item(List<Tree> built, int index) {
            return Stream.of(this);
        }

        @Override
        public Optional<Verdict> scalar(Tree.Scalar built) {
            return Optional.empty();
        }
    }

    /** A rule on scalars below every key of a certain name, such as {@code image}. */
    record Ruled(String under, Rule rule, boolean there) implements Layer {
        /** Says from where a scalar may have been made. */
        interface Rule {
            /** The place; empty where the rule is not about this value. */
            Optional<Declared> of(String built);
        }

        @Override
        public Stream<Layer> key(String key) {
            return Stream.of(new Ruled(under, rule, key.equals(under)));
        }

        @Override
        public Stream<Layer> item(List<Tree> built, int index) {
            return Stream.of(this);
        }

        @Override
        public Optional<Verdict> scalar(Tree.Scalar built) {
            return there ? rule.of(built.value()).map(place -> new Verdict(place, Bearing.COMPOSED)) : Optional.empty();
        }
    }
}
