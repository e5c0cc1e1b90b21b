package cloud.haneul.kernel.access;

import java.util.Collection;

/** Finds the name somebody probably meant: {@code ", did you mean 'project_id'?"}. */
final class Nearest {
    private Nearest() {}

    static String hint(String wrong, Collection<String> names) {
        String best = "";
        int bestDistance = Math.max(2, wrong.length() / 4) + 1;
        for (String name : names) {
            int distance =
                    Math.abs(name.length() - wrong.length()) < bestDistance ? distance(wrong, name) : bestDistance;
            if (distance < bestDistance) {
                bestDistance = distance;
                best = name;
            }
        }
        return best.isEmpty() ? "" : ", did you mean '" + best + "'?";
    }

    /** Levenshtein's distance: the number of letters to add, drop or change. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
