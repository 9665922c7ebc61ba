package dev.premortem.fidelity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tables as comma-separated text with a header; a cell in double quotes may hold commas, line ends and doubled quotes. */
final class Csv {
    private Csv() {}

    /** The rows by column; none where the file is absent. */
    static List<Map<String, String>> read(Path file) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return rows(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Map<String, String>> rows(String text) {
        List<List<String>> lines = lines(text);
        List<Map<String, String>> rows = new ArrayList<>();
        for (List<String> cells : lines.subList(Math.min(1, lines.size()), lines.size())) {
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < lines.getFirst().size(); i++) {
                row.put(lines.getFirst().get(i), i < cells.size() ? cells.get(i) : "");
            }
            rows.add(row);
        }
        return rows;
    }

    private static List<List<String>> lines(String text) {
        List<List<String>> lines = new ArrayList<>();
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int at = 0; at < text.length(); at++) {
            char here = text.charAt(at);
            if (quoted && here == '"' && at + 1 < text.length() && text.charAt(at + 1) == '"') {
                cell.append('"');
                at++;
            } else if (here == '"') {
                quoted = !quoted;
            } else if (!quoted && (here == ',' || here == '\n')) {
                cells.add(cell.toString());
                cell.setLength(0);
                if (here == '\n') {
                    lines.add(List.copyOf(cells));
                    cells.clear();
                }
            } else if (quoted || here != '\r') {
                cell.append(here);
            }
        }
        if (!cell.isEmpty() || !cells.isEmpty()) {
            cells.add(cell.toString());
            lines.add(List.copyOf(cells));
        }
        return lines;
    }

    /** Writes rows by column; the columns stand in the file's first line already. */
    static void write(Path file, List<Map<String, String>> rows) {
        try {
            List<String> columns = lines(Files.readString(file)).getFirst();
            StringBuilder out = new StringBuilder();
            out.append(String.join(",", columns)).append('\n');
            for (Map<String, String> row : rows) {
                out.append(String.join(
                                ",",
                                columns.stream()
                                        .map(column -> cell(row.getOrDefault(column, "")))
                                        .toList()))
                        .append('\n');
            }
            Files.writeString(file, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String cell(String text) {
        boolean plain = text.indexOf(',') < 0 && text.indexOf('"') < 0 && text.indexOf('\n') < 0;
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
