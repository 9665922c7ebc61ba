package dev.premortem.twin.process;

import dev.premortem.twin.Condition;
import dev.premortem.twin.Process;
import java.time.Duration;
import java.util.List;

/**
 * What becomes of a workload while nothing can be replaced: it goes on until enough of its pods have come to their ordinary end. It is churn
 * and so a hazard: a fault alone does not run it, or every short loss of a control plane would count as the loss of all that runs.
 *
 * @param replaced holds while enough pods stand; the condition that it writes
 * @param control what replaces pods (a cluster's control plane)
 * @param first an instant at which a pod ends or ended, milliseconds of the epoch
 * @param period from one pod's end to the next
 * @param spare how many ends it survives: replicas beyond what it needs
 * @param start from the control plane's return to a running pod
 */
public record Unreplaced(
        String key,
        String mechanism,
        Condition replaced,
        Condition control,
        long first,
        Duration period,
        int spare,
        Duration start)
        implements Process {
    private static final int END = 0;
    private static final int BACK = 1;

    @Override
    public Kind kind() {
        return Kind.HAZARD;
    }

    @Override
    public List<Condition> writes() {
        return List.of(replaced);
    }

    @Override
    public List<Condition> watches() {
        return List.of(control);
    }

    @Override
    public Behaviour begin() {
        return new Life();
    }

    private final class Life implements Behaviour {
        private boolean gone;

        /** An end that was planned for an earlier loss must not count for a later one: events carry the number of the loss in their tag. */
        private int losses;

        private int replacedNumber;
        private int controlNumber;

        @Override
        public void start(Run run) {
            replacedNumber = run.number(replaced);
            controlNumber = run.number(control);
            run.set(replacedNumber, true, "");
            if (!run.holds(controlNumber)) {
                lost(run);
            }
        }

        @Override
        public void changed(Run run) {
            if (!run.holds(controlNumber) && losses % 2 == 0) {
                lost(run);
            } else if (run.holds(controlNumber) && losses % 2 == 1) {
                losses++;
                if (gone) {
                    run.wakeAt(run.now() + start.toMillis(), losses * 2 + BACK);
                }
            }
        }

        private void lost(Run run) {
            losses++;
            long step = Math.max(1, period.toMillis());
            long next = first > run.now() ? first : first + (Math.floorDiv(run.now() - first, step) + 1) * step;
            run.wakeAt(next + spare * step, losses * 2 + END);
        }

        @Override
        public void wake(Run run, int tag) {
            if (tag / 2 != losses) {
                return;
            }
            gone = tag % 2 == END;
            run.set(replacedNumber, !gone, "");
        }
    }
}
