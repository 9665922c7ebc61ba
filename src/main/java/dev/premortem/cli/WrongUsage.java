package dev.premortem.cli;

/** Something that the user can put right: told in one line, exit code 2. */
final class WrongUsage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongUsage(String message) {
        super(message);
    }
}
