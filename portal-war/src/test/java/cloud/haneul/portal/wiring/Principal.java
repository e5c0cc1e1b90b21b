package cloud.haneul.portal.wiring;

/**
 * Somebody who asks, as a column of the table.
 *
 * @param where {@code own}, {@code foreign} (another project), {@code domain} (that of the own project), {@code system},
 *     {@code unscoped}, {@code nobody}
 * @param role empty for none
 * @param letter of the column
 * @param userId empty for nobody
 * @param token empty for nobody
 */
record Principal(String where, String role, char letter, String userId, String token) {
    boolean isForeign() {
        return where.equals("foreign");
    }
}
