package cloud.haneul.portal.account;

import io.nayuki.qrcodegen.QrCode;

/**
 * A QR code as one path of an SVG, so that a page draws it without asking anybody.
 *
 * @param size side of the picture in modules, with the quiet zone around it that readers need
 * @param path the dark modules, for the {@code d} of an SVG's path whose view box has that size
 */
public record QrPicture(int size, String path) {
    private static final int QUIET = 4;

    public static QrPicture of(String text) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    path.append('M')
                            .append(x + QUIET)
                            .append(',')
                            .append(y + QUIET)
                            .append("h1v1h-1z");
                }
            }
        }
        return new QrPicture(code.size + 2 * QUIET, path.toString());
    }
}
