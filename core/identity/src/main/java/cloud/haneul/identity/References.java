package cloud.haneul.identity;

import cloud.haneul.identity.Login.DomainRef;
import cloud.haneul.identity.Login.ProjectRef;
import cloud.haneul.identity.Login.UserRef;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;

/** Finds what clients name by id or by name in a domain. */
final class References {
    private References() {}

    static Optional<Project> domain(EntityManager em, DomainRef ref) {
        return ref.id().isPresent()
                ? Optional.ofNullable(em.find(Project.class, ref.id().get())).filter(Project::isDomain)
                : ref.name().flatMap(name -> named(em, "", name));
    }

    static Optional<Project> project(EntityManager em, ProjectRef ref) {
        if (ref.id().isPresent()) {
            return Optional.ofNullable(em.find(Project.class, ref.id().get()));
        }
        return ref.domain().flatMap(domain -> domain(em, domain)).flatMap(domain -> ref.name()
                .flatMap(name -> named(em, domain.id(), name)));
    }

    static Optional<User> user(EntityManager em, UserRef ref) {
        if (ref.id().isPresent()) {
            return Optional.ofNullable(em.find(User.class, ref.id().get()));
        }
        return ref.domain().flatMap(domain -> domain(em, domain)).flatMap(domain -> ref.name()
                .flatMap(name -> first(em.createQuery(
                                "select u from IdentityUser u where u.domainId = :domain and u.name = :name",
                                User.class)
                        .setParameter("domain", domain.id())
                        .setParameter("name", name)
                        .getResultList())));
    }

    private static Optional<Project> named(EntityManager em, String nameSpace, String name) {
        return first(
                em.createQuery("select p from Project p where p.nameSpace = :space and p.name = :name", Project.class)
                        .setParameter("space", nameSpace)
                        .setParameter("name", name)
                        .getResultList());
    }

    private static <T> Optional<T> first(List<T> rows) {
        return rows.stream().findFirst();
    }
}
