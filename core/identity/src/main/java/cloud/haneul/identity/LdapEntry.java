package cloud.haneul.identity;

import java.util.Map;
import java.util.Optional;

/**
 * A user or group as its domain's directory has it.
 *
 * @param dn its place there
 * @param localId what the directory knows it by, however it is moved or renamed
 * @param enabled groups always are
 * @param extra attributes that the domain's configuration maps
 */
record LdapEntry(
        String dn,
        String localId,
        String name,
        boolean enabled,
        Optional<String> description,
        Optional<String> email,
        Optional<String> defaultProjectId,
        Map<String, Object> extra) {}
