package cloud.haneul.kernel;

import jakarta.enterprise.inject.Stereotype;
import jakarta.inject.Singleton;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class of which the cloud has exactly one: a use-case service, a repository, an operation type, a REST resource.
 * {@code @Singleton} rather than {@code @ApplicationScoped}: no client proxy, hence final fields, constructor injection and
 * package-private classes. As a stereotype it is a bean-defining annotation, so jars keep {@code annotated} discovery.
 */
@Stereotype
@Singleton
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Component {}
