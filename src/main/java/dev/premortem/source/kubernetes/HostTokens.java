package dev.premortem.source.kubernetes;

/**
 * Finds what may be a host in a text, one after the other: what {@code (://([^/@\s]*@)?|@)?[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]{2,5})?} finds.
 * Written out by hand, because every text of every workload passes through here.
 */
final class HostTokens {
    private final String text;
    private int next;
    private int start;
    private int end;
    private boolean before;
    private boolean port;

    HostTokens(String text) {
        this.text = text;
    }

    /** Goes to the next one; false where there is none. */
    boolean find() {
        for (int at = next; at < text.length(); at++) {
            int host = host(at);
            if (host >= 0) {
                before = host > at;
                start = host;
                end = end(host);
                int digits = digits(end);
                port = digits >= 2;
                next = port ? end + 1 + digits : end;
                return true;
            }
        }
        next = text.length();
        return false;
    }

    /** Where the host of a token that starts here starts; -1 where no token does. */
    private int host(int at) {
        char here = text.charAt(at);
        if (letter(here)) {
            return at;
        }
        if (here == '@') {
            return letterAt(at + 1) ? at + 1 : -1;
        }
        if (here != ':' || !text.startsWith("://", at)) {
            return -1;
        }
        int user = at + 3;
        while (user < text.length() && word(text.charAt(user))) {
            user++;
        }
        if (user < text.length() && text.charAt(user) == '@' && letterAt(user + 1)) {
            return user + 1;
        }
        return letterAt(at + 3) ? at + 3 : -1;
    }

    private int end(int host) {
        int last = host + 1;
        for (int at = host + 1; at < text.length(); at++) {
            char here = text.charAt(at);
            if (letter(here)) {
                last = at + 1;
            } else if (here != '-' && here != '.') {
                break;
            }
        }
        return last;
    }

    /** Digits of a port behind a colon, at most five. */
    private int digits(int at) {
        if (at >= text.length() || text.charAt(at) != ':') {
            return 0;
        }
        int digits = 0;
        while (digits < 5 && at + 1 + digits < text.length() && digit(text.charAt(at + 1 + digits))) {
            digits++;
        }
        return digits;
    }

    private boolean letterAt(int at) {
        return at < text.length() && letter(text.charAt(at));
    }

    private static boolean letter(char here) {
        return (here >= 'a' && here <= 'z') || digit(here);
    }

    private static boolean digit(char here) {
        return here >= '0' && here <= '9';
    }

    private static boolean word(char here) {
        return here != '/' && here != '@' && here != ' ' && (here < '\t' || here > '\r');
    }

    /** Where the host starts. */
    int start() {
        return start;
    }

    String host() {
        return text.substring(start, end);
    }

    /** Characters of the host. */
    int length() {
        return end - start;
    }

    /** True where a scheme or a user stands before it. */
    boolean before() {
        return before;
    }

    /** True where a port stands behind it. */
    boolean port() {
        return port;
    }
}
