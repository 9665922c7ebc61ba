package dev.premortem.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.premortem.estate.Edit;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.Document;
import dev.premortem.source.Edited;
import dev.premortem.source.Edits;
import dev.premortem.source.Reading;
import dev.premortem.source.Sources;
import java.util.List;
import java.util.Optional;

/** A value set in any text stands there when it is read again; adding and removing end without an exception. */
class EditsFuzzTest {
    private static final String VALUE = "7";

    @FuzzTest(maxDuration = "5s")
    void standsThereAfterwards(byte[] bytes) {
        Reading reading = Sources.readText("a.yaml", Texts.of(bytes));
        for (Document document : reading.documents().stream().limit(3).toList()) {
            List<Tree.Scalar> scalars = document.tree().scalars().limit(5).toList();
            for (Tree.Scalar scalar : scalars) {
                Edits.apply(reading, List.of(new Edit.Remove(scalar.place())));
                set(reading, document, scalar);
            }
            Edits.apply(reading, List.of(new Edit.AddField(document.tree().place(), "added", "{a: 1}")));
        }
    }

    private static void set(Reading reading, Document document, Tree.Scalar scalar) {
        Edited edited = Edits.apply(reading, List.of(new Edit.SetValue(scalar.place(), VALUE)));
        if (edited.patch().isEmpty() || !edited.newProblems().isEmpty()) {
            return;
        }
        Optional<String> now = edited.reading().documents().stream()
                .filter(other -> other.index() == document.index())
                .flatMap(other -> other.tree().scalars())
                .filter(other -> other.place().field().equals(scalar.place().field()))
                .findFirst()
                .flatMap(found -> found.text().map(Fact::value));
        now.ifPresent(value -> assertEquals(VALUE, value.strip(), scalar.place().toString()));
    }
}
