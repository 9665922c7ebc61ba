package dev.premortem.model;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The instants of a cron line of five fields, in UTC. As in Kubernetes' own parser (robfig/cron), a day has to fit one of the two fields of days where both are
 * restricted, and both where one is not. Lines with a time zone, and words that are not understood, give none.
 */
public record Schedule(String line, BitSet minutes, BitSet hours, BitSet days, BitSet months, BitSet weekdays) {
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> WEEKDAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

    /** The longest that a next instant is looked for: the 29th of February comes at least every eight years. */
    private static final int DAYS_AHEAD = 8 * 366;

    /** Instants that are looked at for a largest gap. */
    private static final int MANY = 500;

    /** Reads a line; empty where a part of it is not understood. */
    public static Optional<Schedule> parse(String line) {
        String text = line.strip().toLowerCase(Locale.ROOT);
        String plain = switch (text) {
            case "@yearly", "@annually" -> "0 0 1 1 *";
            case "@monthly" -> "0 0 1 * *";
            case "@weekly" -> "0 0 * * 0";
            case "@daily", "@midnight" -> "0 0 * * *";
            case "@hourly" -> "0 * * * *";
            default -> text;
        };
        String[] parts = plain.split("\\s+", -1);
        if (parts.length != 5) {
            return Optional.empty();
        }
        Optional<BitSet> minutes = field(parts[0], 0, 59, List.of());
        Optional<BitSet> hours = field(parts[1], 0, 23, List.of());
        Optional<BitSet> days = field(parts[2], 1, 31, List.of());
        Optional<BitSet> months = field(parts[3], 1, 12, MONTHS);
        Optional<BitSet> weekdays = field(parts[4], 0, 7, WEEKDAYS);
        if (minutes.isEmpty() || hours.isEmpty() || days.isEmpty() || months.isEmpty() || weekdays.isEmpty()) {
            return Optional.empty();
        }
        if (weekdays.get().get(7)) {
            weekdays.get().set(0);
        }
        return Optional.of(new Schedule(plain, minutes.get(), hours.get(), days.get(), months.get(), weekdays.get()));
    }

    private static Optional<BitSet> field(String text, int least, int most, List<String> names) {
        BitSet bits = new BitSet();
        for (String part : text.split(",", -1)) {
            String[] stepped = part.split("/", -1);
            Optional<Integer> step = stepped.length == 1 ? Optional.of(1) : number(stepped[1], 1, most, List.of());
            String[] ends = stepped[0].split("-", -1);
            boolean all = stepped[0].equals("*") || stepped[0].equals("?");
            Optional<Integer> from = all ? Optional.of(least) : number(ends[0], least, most, names);
            Optional<Integer> to = all || (ends.length == 1 && stepped.length == 2)
                    ? Optional.of(names.equals(WEEKDAYS) ? 6 : most)
                    : number(ends[ends.length - 1], least, most, names);
            if (stepped.length > 2 || ends.length > 2 || step.isEmpty() || from.isEmpty() || to.isEmpty()) {
                return Optional.empty();
            }
            for (int i = from.get(); i <= to.get(); i += step.get()) {
                bits.set(i);
            }
        }
        return bits.isEmpty() ? Optional.empty() : Optional.of(bits);
    }

    private static Optional<Integer> number(String text, int least, int most, List<String> names) {
        int named = names.indexOf(text);
        if (named >= 0) {
            return Optional.of(named + (names.equals(MONTHS) ? 1 : 0));
        }
        return text.matches("[0-9]{1,2}")
                ? Optional.of(Integer.parseInt(text)).filter(value -> value >= least && value <= most)
                : Optional.empty();
    }

    /** The first instant after another; empty where none comes in eight years. */
    public Optional<Instant> after(Instant instant) {
        LocalDateTime here = LocalDateTime.ofInstant(instant, ZoneOffset.UTC)
                .plusMinutes(1)
                .withSecond(0)
                .withNano(0);
        LocalDate day = here.toLocalDate();
        for (int i = 0; i < DAYS_AHEAD; i++) {
            LocalDate date = day.plusDays(i);
            int from = i == 0 ? here.getHour() * 60 + here.getMinute() : 0;
            int found = fits(date) ? minute(from) : -1;
            if (found >= 0) {
                return Optional.of(
                        date.atStartOfDay(ZoneOffset.UTC).plusMinutes(found).toInstant());
            }
        }
        return Optional.empty();
    }

    /** The longest time between two instants in a row, of the next five hundred. */
    public Optional<Duration> longest(Instant from) {
        Optional<Instant> here = after(from);
        Duration longest = Duration.ZERO;
        for (int i = 0; i < MANY && here.isPresent(); i++) {
            Optional<Instant> next = after(here.get());
            if (next.isPresent()) {
                Duration gap = Duration.between(here.get(), next.get());
                longest = gap.compareTo(longest) > 0 ? gap : longest;
            }
            here = next;
        }
        return longest.isZero() ? Optional.empty() : Optional.of(longest);
    }

    private int minute(int from) {
        for (int hour = hours.nextSetBit(from / 60); hour >= 0; hour = hours.nextSetBit(hour + 1)) {
            int minute = minutes.nextSetBit(hour == from / 60 ? from % 60 : 0);
            if (minute >= 0) {
                return hour * 60 + minute;
            }
        }
        return -1;
    }

    private boolean fits(LocalDate date) {
        String[] parts = line.split("\\s+", -1);
        boolean anyDay = parts[2].startsWith("*") || parts[2].startsWith("?");
        boolean anyWeekday = parts[4].startsWith("*") || parts[4].startsWith("?");
        boolean day = days.get(date.getDayOfMonth());
        boolean weekday = weekdays.get(
                date.getDayOfWeek() == DayOfWeek.SUNDAY
                        ? 0
                        : date.getDayOfWeek().getValue());
        return months.get(date.getMonthValue()) && (anyDay || anyWeekday ? day && weekday : day || weekday);
    }
}
