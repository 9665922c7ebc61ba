package dev.premortem.engine.cuts;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The sets of a diagram without modules that are at least so probable. {@link Weighing} rounds, so what it keeps is a few
 * sets more; here each set is held against the limit itself. What lies above or below it as a whole is not walked.
 */
final class Probable {
    /** What a product may miss the limit by and still count as the limit: the rounding of some thousand factors. */
    private static final double ROUNDING = 1e-12;

    private final CutSets sets;
    private final int[] levels;
    private final double[] probabilities;
    private final Meter meter;
    private final Zbdd zbdd;
    /** The whole family of each node. */
    private final int[] whole;
    /** The probability of each node's likeliest set and of its least likely one. */
    private final double[] most;

    private final double[] least;
    /** At least the probability that some set of a node has failed. */
    private final double[] bounds;

    private final Map<Question, Answer> known = new HashMap<>();

    /** Which sets below a node are at least so probable. */
    private record Question(int node, double limit) {}

    /** A family, and at least the probability that a set has failed that is not in it. */
    private record Answer(int family, double loss) {}

    private Probable(CutSets sets, int[] levels, double[] probabilities, Meter meter) throws OverBudget {
        this.sets = sets;
        this.levels = levels;
        this.probabilities = probabilities;
        this.meter = meter;
        this.whole = new int[sets.size() + 2];
        this.most = new double[whole.length];
        this.least = new double[whole.length];
        this.bounds = new double[whole.length];
        this.zbdd = new Zbdd(meter, Weighing.orders(Arrays.stream(levels).max().orElse(-1) + 1));
        whole[CutSets.EMPTY] = Zbdd.EMPTY;
        most[CutSets.EMPTY] = 1;
        least[CutSets.EMPTY] = 1;
        least[CutSets.NONE] = Double.MAX_VALUE;
        bounds[CutSets.EMPTY] = 1;
        for (int node = CutSets.EMPTY + 1; node < whole.length; node++) {
            int low = sets.low(node);
            int high = sets.high(node);
            double own = own(node);
            whole[node] = zbdd.node(level(node), whole[low], whole[high]);
            most[node] = Math.max(most[low], own * most[high]);
            least[node] = Math.min(least[low], own * least[high]);
            bounds[node] = 1 - (1 - bounds[low]) * (1 - own * bounds[high]);
        }
    }

    /**
     * Those of the sets that are at least so probable.
     *
     * @param levels the place of each event in the order of the diagram, below zero for those that no set has
     */
    static CutSets of(CutSets sets, int[] levels, double[] probabilities, double limit, Meter meter) throws OverBudget {
        int[] events =
                new int[(int) Arrays.stream(levels).filter(level -> level >= 0).count()];
        for (int event = 0; event < levels.length; event++) {
            if (levels[event] >= 0) {
                events[levels[event]] = event;
            }
        }
        Probable probable = new Probable(sets, levels, probabilities, meter);
        Answer answer = probable.answer(new Question(sets.top(), limit * (1 - ROUNDING)));
        CutSets.Growing growing = new CutSets.Growing(sets.events());
        growing.add(probable.zbdd, answer.family(), events);
        return growing.last(Math.min(1, sets.leftOut() + answer.loss()));
    }

    private int level(int node) {
        return levels[sets.variable(node)];
    }

    private double own(int node) {
        return probabilities[sets.variable(node)];
    }

    private Answer answer(Question asked) throws OverBudget {
        TreeMap<Integer, SortedSet<Double>> open = new TreeMap<>();
        Deque<Question> walked = new ArrayDeque<>();
        ask(open, asked);
        // Children have smaller numbers, so whoever asks about a node comes before it.
        while (!open.isEmpty()) {
            Map.Entry<Integer, SortedSet<Double>> node = open.pollLastEntry();
            for (double limit : node.getValue()) {
                Question question = new Question(node.getKey(), limit);
                walked.push(question);
                ask(open, low(question));
                ask(open, high(question));
            }
            meter.took(node.getValue().size());
            if (walked.size() > meter.nodes() >> 2) {
                throw meter.outOfNodes();
            }
        }
        for (Question question : walked) {
            Answer low = known(low(question));
            Answer high = known(high(question));
            int family = zbdd.node(level(question.node()), low.family(), high.family());
            known.put(question, new Answer(family, low.loss() + own(question.node()) * high.loss()));
        }
        return known(asked);
    }

    private Question low(Question question) {
        return new Question(sets.low(question.node()), question.limit());
    }

    private Question high(Question question) {
        return new Question(sets.high(question.node()), question.limit() / own(question.node()));
    }

    private void ask(TreeMap<Integer, SortedSet<Double>> open, Question question) {
        if (least[question.node()] < question.limit() && most[question.node()] >= question.limit()) {
            open.computeIfAbsent(question.node(), _ -> new TreeSet<>()).add(question.limit());
        }
    }

    private Answer known(Question question) {
        int node = question.node();
        if (least[node] >= question.limit()) {
            return new Answer(whole[node], 0);
        }
        return most[node] < question.limit()
                ? new Answer(Zbdd.NONE, bounds[node])
                : Objects.requireNonNull(known.get(question));
    }
}
