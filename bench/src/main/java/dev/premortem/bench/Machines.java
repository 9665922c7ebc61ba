package dev.premortem.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.premortem.engine.timeline.Prepared;
import dev.premortem.engine.timeline.Timeline;
import dev.premortem.engine.timeline.Trace;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Gate;
import dev.premortem.twin.Meaning;
import dev.premortem.twin.Process;
import dev.premortem.twin.Scenario;
import dev.premortem.twin.Twin;
import dev.premortem.twin.TwinBuilder;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Machines that fail and are repaired for years, each a process of its own: of ten machines eight stand in pairs and two alone, a group needs its pairs and both of
 * those, a product needs ten groups. Prints events and changes, and million events per CPU second of the whole virtual machine; compiling the twin is not counted.
 */
public final class Machines {
    private static final double DAY = Duration.ofDays(1).toMillis();
    private static final Meaning NONE = Meaning.of("", "", "");
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private Machines() {}

    /** Arguments: how many machines, mean days until one fails, years. */
    public static void main(String[] arguments) {
        int machines = Integer.parseInt(arguments[0]);
        double days = Double.parseDouble(arguments[1]);
        long end = (long) (Double.parseDouble(arguments[2]) * 365.25 * DAY);
        long[] events = new long[1];
        Twin twin = twin(machines, days * DAY, events);
        Prepared prepared = Prepared.of(twin);
        Scenario scenario = new Scenario(List.of(), Set.of(), Map.of(), 0, end);
        Timeline.run(prepared, new Scenario(List.of(), Set.of(), Map.of(), 0, end / 4));
        double best = 0;
        Trace trace = Timeline.run(prepared, scenario);
        for (int round = 0; round < 3; round++) {
            events[0] = 0;
            OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            long before = system.getProcessCpuTime();
            trace = Timeline.run(prepared, scenario);
            best = Math.max(best, events[0] * 1e3 / (system.getProcessCpuTime() - before));
        }
        OUT.printf("%d | %d | %d | %d | %.2f%n", machines, twin.size(), events[0], trace.size(), best);
    }

    private static Twin twin(int machines, double mean, long[] events) {
        TwinBuilder builder = new TwinBuilder();
        SplittableRandom seeds = new SplittableRandom(1);
        List<Condition> group = new ArrayList<>();
        List<Condition> product = new ArrayList<>();
        for (int m = 0; m < machines; m++) {
            Condition up = new Condition("machine/%07d".formatted(m));
            builder.basic(up, true, NONE);
            builder.process(new Machine("machine/%07d".formatted(m), up, mean, seeds.nextLong(), events));
            if (m % 10 < 8 && m % 2 == 1) {
                Condition pair = new Condition("pair/%07d".formatted(m));
                builder.gate(pair, new Gate.Any(List.of(new Condition("machine/%07d".formatted(m - 1)), up)), NONE);
                group.add(pair);
            } else if (m % 10 >= 8) {
                group.add(up);
            }
            if (m % 10 == 9) {
                product.add(new Condition("group/%07d".formatted(m)));
                builder.gate(product.getLast(), new Gate.All(List.copyOf(group)), NONE);
                group.clear();
            }
            if (product.size() == 10) {
                builder.gate(new Condition("product/%07d".formatted(m)), new Gate.All(List.copyOf(product)), NONE);
                product.clear();
            }
        }
        return builder.compile(Twin.Form.LIVE);
    }

    /** Fails after an exponential time, and is back after eight hours at the mean. */
    private record Machine(String key, Condition up, double mean, long seed, long[] events) implements Process {
        @Override
        public Kind kind() {
            return Kind.HEALING;
        }

        @Override
        public String mechanism() {
            return "bench";
        }

        @Override
        public List<Condition> writes() {
            return List.of(up);
        }

        @Override
        public List<Condition> watches() {
            return List.of();
        }

        @Override
        public Behaviour begin() {
            return new Life(this);
        }
    }

    private static final class Life implements Process.Behaviour {
        private final Condition up;
        private final double mean;
        private final long[] events;
        private long state;
        private int number;
        private boolean holds = true;

        private Life(Machine machine) {
            this.up = machine.up();
            this.mean = machine.mean();
            this.events = machine.events();
            this.state = machine.seed();
        }

        @Override
        public void start(Process.Run run) {
            number = run.number(up);
            run.wakeAt(run.now() + delay(mean), 0);
        }

        @Override
        public void wake(Process.Run run, int tag) {
            events[0]++;
            holds = !holds;
            run.set(number, holds, "");
            run.wakeAt(run.now() + delay(holds ? mean : DAY / 3), 0);
        }

        /** Splitmix64, whose state is one number. */
        private long delay(double mean) {
            state += 0x9E3779B97F4A7C15L;
            long z = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
            z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
            double uniform = ((z ^ z >>> 31) >>> 11) * 0x1.0p-53;
            return 1 + (long) (-Math.log(1 - uniform) * mean);
        }
    }
}
