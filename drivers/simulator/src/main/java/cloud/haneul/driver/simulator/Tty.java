package cloud.haneul.driver.simulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * A running guest's terminal, both its screen and its serial line: shows what the guest writes, takes what somebody types. It is
 * made when somebody first looks and gone when the guest goes down. After a login (any name) it repeats what is typed, and obeys
 * {@code poweroff}, {@code reboot}, {@code crash}, {@code hostname} and {@code exit}. The machine's monitor guards it.
 */
final class Tty {
    static final int COLUMNS = 66;
    static final int ROWS = 29;

    private final Machine machine;
    private final ConsoleLog log;
    private final BiConsumer<UUID, String> guestDoes;
    private final List<Watcher> watchers = new ArrayList<>();
    private final char[][] cells = new char[ROWS][COLUMNS];
    private final StringBuilder line = new StringBuilder();
    private int row;
    private int column;
    private boolean loggedIn;

    /** Somebody at the terminal. */
    interface Watcher {
        void printed(String text);

        void hungUp();
    }

    Tty(Machine machine, ConsoleLog log, BiConsumer<UUID, String> guestDoes) {
        this.machine = machine;
        this.log = log;
        this.guestDoes = guestDoes;
        for (char[] cell : cells) {
            java.util.Arrays.fill(cell, ' ');
        }
        log.endAsText(COLUMNS * ROWS).chars().forEach(c -> show((char) c));
    }

    Object monitor() {
        return machine;
    }

    String title() {
        return machine.hostName();
    }

    char[][] cells() {
        return cells;
    }

    int cursorRow() {
        return row;
    }

    int cursorColumn() {
        return column;
    }

    void watch(Watcher watcher) {
        synchronized (machine) {
            watchers.add(watcher);
        }
    }

    void leave(Watcher watcher) {
        synchronized (machine) {
            watchers.remove(watcher);
        }
    }

    void print(String text) {
        synchronized (machine) {
            log.append(text);
            text.chars().forEach(c -> show((char) c));
            List.copyOf(watchers).forEach(watcher -> watcher.printed(text));
        }
    }

    void restart() {
        synchronized (machine) {
            loggedIn = false;
            line.setLength(0);
        }
    }

    void hangUp() {
        synchronized (machine) {
            List.copyOf(watchers).forEach(Watcher::hungUp);
            watchers.clear();
        }
    }

    void type(byte[] bytes) {
        for (char c : new String(bytes, StandardCharsets.UTF_8).toCharArray()) {
            type(c);
        }
    }

    void type(char c) {
        synchronized (machine) {
            if (machine.power() != cloud.haneul.spi.compute.PowerState.RUNNING) {
                return; // nobody listens while the guest is paused
            }
            if (c == '\r' || c == '\n') {
                String entered = line.toString().strip();
                line.setLength(0);
                print("\n");
                enter(entered);
            } else if (c == '\b' || c == 127) {
                if (!line.isEmpty()) {
                    line.setLength(line.length() - 1);
                    print("\b \b");
                }
            } else if (c >= ' ' && line.length() < 1_000) {
                line.append(c);
                print(String.valueOf(c));
            }
        }
    }

    private void enter(String entered) {
        if (!loggedIn) {
            loggedIn = !entered.isEmpty();
            print(
                    loggedIn
                            ? "Welcome, " + entered + ". This guest is simulated: it repeats what you type.\n$ "
                            : Boot.prompt(machine));
            return;
        }
        switch (entered) {
            case "" -> print("$ ");
            case "hostname" -> print(machine.hostName() + "\n$ ");
            case "exit" -> {
                loggedIn = false;
                print("\n" + Boot.prompt(machine));
            }
            case "poweroff", "reboot", "crash" -> guestDoes.accept(machine.server(), entered);
            default -> print(entered + "\n$ ");
        }
    }

    private void show(char c) {
        switch (c) {
            case '\n' -> newLine();
            case '\r' -> column = 0;
            case '\b' -> column = Math.max(0, column - 1);
            default -> {
                if (column == COLUMNS) {
                    newLine();
                }
                cells[row][column++] = c;
            }
        }
    }

    private void newLine() {
        column = 0;
        if (row < ROWS - 1) {
            row++;
            return;
        }
        char[] top = cells[0];
        System.arraycopy(cells, 1, cells, 0, ROWS - 1);
        java.util.Arrays.fill(top, ' ');
        cells[ROWS - 1] = top;
    }
}
