package cloud.haneul.driver.simulator;

/** A dot matrix font of 5 by 7 in cells of 6 by 8, the printable characters of ASCII. */
final class Font {
    /** A full cell: the cursor. */
    static final char BLOCK = '\u2588';

    /** Five columns a character from the space on, two hexadecimal digits each, the topmost dot in the lowest bit. */
    private static final String GLYPHS = "0000000000" + "00005F0000" + "0007000700" + "147F147F14" // space ! " #
            + "242A7F2A12" + "2313086462" + "3649562050" + "0008070300" // $ % & '
            + "001C224100" + "0041221C00" + "2A1C7F1C2A" + "08083E0808" // ( ) * +
            + "0080703000" + "0808080808" + "0000606000" + "2010080402" // , - . /
            + "3E5149453E" + "00427F4000" + "7249494946" + "2141494D33" // 0 1 2 3
            + "1814127F10" + "2745454539" + "3C4A494931" + "4121110907" // 4 5 6 7
            + "3649494936" + "464949291E" + "0000140000" + "0040340000" // 8 9 : ;
            + "0008142241" + "1414141414" + "0041221408" + "0201590906" // < = > ?
            + "3E415D594E" + "7C1211127C" + "7F49494936" + "3E41414122" // @ A B C
            + "7F4141413E" + "7F49494941" + "7F09090901" + "3E41415173" // D E F G
            + "7F0808087F" + "00417F4100" + "2040413F01" + "7F08142241" // H I J K
            + "7F40404040" + "7F021C027F" + "7F0408107F" + "3E4141413E" // L M N O
            + "7F09090906" + "3E4151215E" + "7F09192946" + "2649494932" // P Q R S
            + "03017F0103" + "3F4040403F" + "1F2040201F" + "3F4038403F" // T U V W
            + "6314081463" + "0304780403" + "6159494D43" + "007F414141" // X Y Z [
            + "0204081020" + "004141417F" + "0402010204" + "4040404040" // \ ] ^ _
            + "0003070800" + "2054547840" + "7F28444438" + "3844444428" // ` a b c
            + "384444287F" + "3854545418" + "00087E0902" + "18A4A49C78" // d e f g
            + "7F08040478" + "00447D4000" + "2040403D00" + "7F10284400" // h i j k
            + "00417F4000" + "7C04780478" + "7C08040478" + "3844444438" // l m n o
            + "FC18242418" + "18242418FC" + "7C08040408" + "4854545424" // p q r s
            + "04043F4424" + "3C4040207C" + "1C2040201C" + "3C4030403C" // t u v w
            + "4428102844" + "4C9090907C" + "4464544C44" + "0008364100" // x y z {
            + "0000770000" + "0041360800" + "0201020402"; // | } ~

    private static final byte[] COLUMNS = java.util.HexFormat.of().parseHex(GLYPHS);

    private Font() {}

    /** Whether the dot is set; x from 0 to 5, y from 0 to 7. */
    static boolean isInk(char c, int x, int y) {
        if (c == BLOCK) {
            return true;
        }
        int index = c >= ' ' && c <= '~' ? c - ' ' : '?' - ' ';
        return x < 5 && (COLUMNS[index * 5 + x] >> y & 1) == 1;
    }
}
