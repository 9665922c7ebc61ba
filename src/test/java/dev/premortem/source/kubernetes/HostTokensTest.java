package dev.premortem.source.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.testing.Rounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HostTokensTest {
    private static final Pattern TOKEN = Pattern.compile(
            "(?<before>://(?:[^/@\\s]*@)?|@)?(?<host>[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?)(?<port>:[0-9]{2,5})?");
    private static final String LETTERS = "ab0.-:/@ \n_A$";

    @Test
    void findsWhatTheExpressionFinds() {
        Rounds.run(20_000, seed -> {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(30); i > 0; i--) {
                text.append(random.nextInt(6) == 0 ? "://" : LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            assertEquals(expected(text.toString()), found(text.toString()), text.toString());
        });
    }

    private static List<String> expected(String text) {
        List<String> all = new ArrayList<>();
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            all.add(token.start("host") + " " + token.group("host") + " " + (token.group("before") != null) + " "
                    + (token.group("port") != null));
        }
        return all;
    }

    private static List<String> found(String text) {
        List<String> all = new ArrayList<>();
        HostTokens token = new HostTokens(text);
        while (token.find()) {
            all.add(token.start() + " " + token.host() + " " + token.before() + " " + token.port());
        }
        return all;
    }
}
