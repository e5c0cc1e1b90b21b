package cloud.haneul.identity.rest;

import cloud.haneul.identity.ReceiptNeeded;
import java.util.List;
import java.util.Map;

/** What somebody is told who must prove more. */
final class ReceiptView {
    private ReceiptView() {}

    static Map<String, Object> of(ReceiptNeeded needed) {
        ReceiptNeeded.Receipt receipt = needed.receipt();
        return View.of()
                .with(
                        "receipt",
                        View.of()
                                .with("methods", List.copyOf(receipt.methods()))
                                .with(
                                        "user",
                                        View.of()
                                                .with(
                                                        "domain",
                                                        View.idAndName(
                                                                receipt.domain().id(),
                                                                receipt.domain().name()))
                                                .with("id", receipt.user().id())
                                                .with("name", receipt.user().name())
                                                .map())
                                .with("expires_at", Times.zulu(receipt.expiresAt()))
                                .with("issued_at", Times.zulu(receipt.issuedAt()))
                                .map())
                .with("required_auth_methods", needed.rules())
                .map();
    }
}
