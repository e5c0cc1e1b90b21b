package com.sun.enterprise.v3.server;

import java.io.InputStream;
import java.net.URL;
import org.glassfish.hk2.classmodel.reflect.util.ResourceLocator;

/**
 * Stands before the server's class of this name. The server reads every class of an application before it starts it, and then
 * with this all classes that those mention, and what these mention: two and a half thousand of the libraries, a second of each
 * start. It does so to know annotations and interfaces that it asks for by name, which are those of Jakarta EE; the others are
 * not found here, and nobody asks for them.
 */
class ClassloaderResourceLocatorAdapter implements ResourceLocator {

    private static final String ASKED_FOR = "jakarta/";

    private final ClassLoader server;

    ClassloaderResourceLocatorAdapter(ClassLoader server) {
        this.server = server;
    }

    @Override
    public InputStream openResourceStream(String name) {
        return name.startsWith(ASKED_FOR) ? server.getResourceAsStream(name) : null;
    }

    @Override
    public URL getResource(String name) {
        return name.startsWith(ASKED_FOR) ? server.getResource(name) : null;
    }
}
