package cloud.haneul.compute;

import cloud.haneul.kernel.operation.Problem;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;

/** What went wrong with a server last, until something goes well again. */
@Embeddable
public class ServerFault {
    @Column(name = "fault_code")
    private Integer code;

    @Column(name = "fault_text")
    private String text;

    @Column(name = "fault_detail")
    private String detail;

    @Column(name = "fault_at")
    private Instant at;

    protected ServerFault() {}

    ServerFault(Problem problem, Instant at) {
        this.code = 500;
        this.text = problem.text();
        this.detail = problem.detail();
        this.at = at;
    }

    public int code() {
        return code;
    }

    public String text() {
        return text;
    }

    /** For operators. */
    public String detail() {
        return detail;
    }

    public Instant at() {
        return at;
    }
}
