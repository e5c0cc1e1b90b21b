package cloud.haneul.kernel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.event.Audit;
import cloud.haneul.kernel.event.AuditRecord;
import cloud.haneul.kernel.testing.TestCloud;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("postgresql")
@ExtendWith(TestCloud.class)
class PagedQueryTest {
    private static final PagedQuery.Order ORDER = PagedQuery.Order.of(
            Map.of("project", "projectId?", "name", "targetName", "action", "action"), "name", true);

    private final Database database;

    PagedQueryTest(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void someRows(Audit audit) {
        Caller nowhere = Caller.inner("test");
        for (int i = 0; i < 4; i++) {
            audit.success(nowhere, "delete", "thing", "n" + i, "same");
            audit.success(nowhere.inProject("a"), "create", "thing", "a" + i, "x" + i);
            audit.success(nowhere.inProject("b"), i % 2 == 0 ? "create" : "delete", "thing", "b" + i, "50%_" + i);
        }
    }

    @ParameterizedTest
    @CsvSource({"project,true,1", "project,false,5", "name,true,3", "name,false,2", "action,true,1", "action,false,7"})
    void whoeverPagesThroughSeesEachRowOnceInOrder(String key, boolean ascending, int limit) {
        List<Page.Sort> sort = List.of(new Page.Sort(key, ascending), new Page.Sort("name", !ascending));
        assertThat(pagedThrough(PagedQueryTest::query, sort, limit)).hasSize(12);
        assertThat(pagedThrough(() -> inProject("a"), sort, limit)).hasSize(4);
    }

    private List<Long> pagedThrough(Supplier<PagedQuery<AuditRecord>> query, List<Page.Sort> sort, int limit) {
        List<Long> atOnce = ids(query.get(), new Page(1000, Optional.empty(), sort));
        List<Long> paged = new ArrayList<>();
        Optional<String> marker = Optional.empty();
        List<Long> page;
        do {
            page = ids(query.get(), new Page(limit, marker, sort));
            paged.addAll(page);
            marker = page.isEmpty()
                    ? Optional.empty()
                    : Optional.of(page.get(page.size() - 1).toString());
        } while (!page.isEmpty());
        assertThat(paged).doesNotHaveDuplicates().isEqualTo(atOnce);
        return paged;
    }

    @Test
    void rowsThatAreEqualInAllKeysFollowInTheDirectionOfTheLast() {
        assertThat(ids(inProject("a"), new Page(10, Optional.empty(), List.of(new Page.Sort("action", true)))))
                .isSorted();
        assertThat(ids(inProject("a"), new Page(10, Optional.empty(), List.of(new Page.Sort("action", false)))))
                .isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void rowsWithoutAValueComeFirstAndLastWhenTurnedRound() {
        assertThat(rows(query(), sorted("project", true)).get(0).projectId()).isEmpty();
        assertThat(rows(query(), sorted("project", false)).get(0).projectId()).contains("b");
        assertThat(rows(query(), sorted("project", false)).get(11).projectId()).isEmpty();
    }

    @Test
    void aRowThatIsNotInTheListIsNoMarker() {
        long foreign = rows(inProject("b"), Page.all()).get(0).id();
        Page after = new Page(10, Optional.of(Long.toString(foreign)), List.of());
        assertThat(rows(inProject("b"), after)).hasSize(3);
        assertThatThrownBy(() -> rows(inProject("a"), after))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.field()).contains("marker"))
                .hasMessage("Invalid marker: row " + foreign + " could not be found.");
        assertThatThrownBy(() -> rows(query(), new Page(10, Optional.of("x' or 1=1"), List.of())))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("Invalid marker");
    }

    @Test
    void anUnknownSortKeyIsRefusedByName() {
        assertThatThrownBy(() -> rows(query(), sorted("targetName", true)))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.field()).contains("sort_key"))
                .hasMessage("Invalid sort key: targetName. It must be one of [action, name, project].");
    }

    @Test
    void signsOfAPatternStandForThemselves() {
        PagedQuery<AuditRecord> query = query();
        query.and("lower(r.targetName) like :name", "name", PagedQuery.containing("0%_"));
        assertThat(names(query)).containsExactly("50%_0", "50%_1", "50%_2", "50%_3");
        query = query();
        query.and("lower(r.targetName) like :name", "name", PagedQuery.containing("_"));
        assertThat(names(query)).hasSize(4);
    }

    @Test
    void aParameterIsGivenOnce() {
        PagedQuery<AuditRecord> query = query();
        query.and("r.action = :x", "x", "create");
        assertThatThrownBy(() -> query.and("r.projectId = :x", "x", "a")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Page sorted(String key, boolean ascending) {
        return new Page(1000, Optional.empty(), List.of(new Page.Sort(key, ascending)));
    }

    private static PagedQuery<AuditRecord> query() {
        PagedQuery<AuditRecord> query = new PagedQuery<>(
                AuditRecord.class,
                "row",
                text -> text.matches("\\d{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty());
        query.and("r.targetType = 'thing'");
        return query;
    }

    private static PagedQuery<AuditRecord> inProject(String project) {
        PagedQuery<AuditRecord> query = query();
        query.only("projectId", project);
        return query;
    }

    private List<AuditRecord> rows(PagedQuery<AuditRecord> query, Page page) {
        return database.read(em -> query.page(em, ORDER, page));
    }

    private List<Long> ids(PagedQuery<AuditRecord> query, Page page) {
        return rows(query, page).stream().map(AuditRecord::id).toList();
    }

    private Set<String> names(PagedQuery<AuditRecord> query) {
        return new TreeSet<>(
                rows(query, Page.all()).stream().map(AuditRecord::targetName).toList());
    }
}
