package cloud.haneul.kernel.rest;

import java.util.List;

/** A service's answer to which API families it serves; one {@link cloud.haneul.kernel.Component} per service, found by CDI. */
public interface ApiFamilySource {
    List<ApiFamily> families();
}
