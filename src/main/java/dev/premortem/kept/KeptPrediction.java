package dev.premortem.kept;

import dev.premortem.outage.Prediction;
import java.util.Optional;

/**
 * A prediction and what was told while it was made. As bytes it is exact: what comes back equals what went in.
 *
 * @param read how many of the problems of its coverage, from the first on, were found while the files were read
 */
public record KeptPrediction(Prediction prediction, int read) {
    /** Its bytes; empty where they would not be exact. */
    public Optional<byte[]> bytes() {
        return new KeptWriter().write(this);
    }

    /** What the bytes mean; empty where they are none of {@link #bytes}, are of another version, cut off or damaged. */
    public static Optional<KeptPrediction> of(byte[] bytes) {
        try {
            return Optional.of(KeptReader.read(bytes));
        } catch (KeptReader.Damaged none) {
            return Optional.empty(); // then it is predicted again
        }
    }
}
