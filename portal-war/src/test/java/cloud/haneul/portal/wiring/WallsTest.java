package cloud.haneul.portal.wiring;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import cloud.haneul.kernel.data.Database;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;

/** The walls of the house that Maven's dependencies cannot keep: here, because nowhere else are all jars on one class path. */
@AnalyzeClasses(packages = "cloud.haneul", importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {
    private static final String[] SERVICES = {
        "cloud.haneul.identity..",
        "cloud.haneul.image..",
        "cloud.haneul.placement..",
        "cloud.haneul.network..",
        "cloud.haneul.compute.."
    };

    @ArchTest
    static final ArchRule theSpiNeedsTheJdkAlone = classes()
            .that()
            .resideInAPackage("cloud.haneul.spi..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("cloud.haneul.spi..", "java..", "javax.crypto..", "javax.net..");

    @ArchTest
    static final ArchRule aDriverSeesTheSpiAndItsOwn = noClasses()
            .that()
            .resideInAPackage("cloud.haneul.driver..")
            .should()
            .dependOnClassesThat(resideInAPackage("cloud.haneul..")
                    .and(not(resideInAnyPackage("cloud.haneul.spi..", "cloud.haneul.driver.."))));

    @ArchTest
    static final ArchRule eachServiceSeesOnlyThoseBelow = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("spi")
            .definedBy("cloud.haneul.spi..")
            .layer("kernel")
            .definedBy("cloud.haneul.kernel..")
            .layer("identity")
            .definedBy("cloud.haneul.identity..")
            .layer("image")
            .definedBy("cloud.haneul.image..")
            .layer("placement")
            .definedBy("cloud.haneul.placement..")
            .layer("network")
            .definedBy("cloud.haneul.network..")
            .layer("compute")
            .definedBy("cloud.haneul.compute..")
            .layer("portal")
            .definedBy("cloud.haneul.portal..")
            .whereLayer("portal")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("compute")
            .mayOnlyBeAccessedByLayers("portal")
            .whereLayer("network")
            .mayOnlyBeAccessedByLayers("compute", "portal")
            .whereLayer("placement")
            .mayOnlyBeAccessedByLayers("compute", "portal")
            .whereLayer("image")
            .mayOnlyBeAccessedByLayers("compute", "portal")
            .whereLayer("identity")
            .mayOnlyBeAccessedByLayers("image", "placement", "network", "compute", "portal");

    @ArchTest
    static final ArchRule noCircles =
            slices().matching("cloud.haneul.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyRestPackagesKnowHttp = noClasses()
            .that(resideInAnyPackage(SERVICES)
                    .or(resideInAPackage("cloud.haneul.kernel.."))
                    .and(not(resideInAPackage("cloud.haneul.*.rest..")))
                    // what runs the tests of all services serves HTTP to them
                    .and(not(resideInAPackage("cloud.haneul.kernel.testing.."))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.ws.rs..", "jakarta.servlet..", "jakarta.faces..", "jakarta.websocket..");

    @ArchTest
    static final ArchRule aServiceDoesNotKnowItsRest = noClasses()
            .that(resideInAnyPackage(SERVICES).and(not(resideInAPackage("cloud.haneul.*.rest.."))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("cloud.haneul.*.rest..");

    @ArchTest
    static final ArchRule thePortalKnowsNoDatabase = noClasses()
            .that()
            .resideInAPackage("cloud.haneul.portal..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("jakarta.persistence..", "java.sql..", "javax.sql..")
                    .or(equivalentTo(Database.class)));

    @ArchTest
    static final ArchRule anotherServicesRowsAreReferencedById = fields().that()
            .areAnnotatedWith(ManyToOne.class)
            .or()
            .areAnnotatedWith(OneToOne.class)
            .or()
            .areAnnotatedWith(OneToMany.class)
            .or()
            .areAnnotatedWith(ManyToMany.class)
            .should(stayInTheirService())
            .allowEmptyShould(true);

    private static ArchCondition<JavaField> stayInTheirService() {
        return new ArchCondition<>("relate rows of one service") {
            @Override
            public void check(JavaField field, ConditionEvents events) {
                String own = service(field.getOwner());
                for (JavaClass type : field.getAllInvolvedRawTypes()) {
                    boolean foreign = type.getPackageName().startsWith("cloud.haneul.")
                            && !service(type).equals(own);
                    events.add(new SimpleConditionEvent(
                            field, !foreign, field.getFullName() + " relates to " + type.getName()));
                }
            }
        };
    }

    /** The package that a service's packages begin with: {@code cloud.haneul.image} of {@code cloud.haneul.image.task}. */
    private static String service(JavaClass type) {
        String[] parts = type.getPackageName().split("\\.", 4);
        return parts.length < 3 ? type.getPackageName() : String.join(".", parts[0], parts[1], parts[2]);
    }
}
