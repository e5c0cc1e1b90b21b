package cloud.haneul.portal.image;

import cloud.haneul.image.Image;
import cloud.haneul.image.Images;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.portal.Me;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes an image's data from the page that shows the progress, {@code PUT /dashboard/upload/images/<id>}, and passes it on as it
 * comes: nothing of it is kept in memory. What was refused or broke off leaves no image behind.
 */
@WebServlet("/dashboard/upload/images/*")
public class ImageUpload extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ImageUpload.class);

    @Inject
    private transient Me me;

    @Inject
    private transient Images images;

    @Override
    protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            String path = String.valueOf(request.getPathInfo()).substring(1);
            receive(request, Ids.parse(path).orElseThrow(() -> Fault.notFound("Image", path)));
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } catch (Fault fault) {
            answer(response, fault.kind().status(), fault.getMessage());
        }
    }

    private void receive(HttpServletRequest request, UUID id) throws IOException {
        Caller caller = me.caller(request);
        long length = request.getContentLengthLong();
        boolean received = false;
        try {
            images.upload(
                    caller, id, request.getInputStream(), length < 0 ? OptionalLong.empty() : OptionalLong.of(length));
            received = true;
        } finally {
            if (!received) {
                forget(caller, id);
            }
        }
    }

    /** An image without data helps nobody; one that has data, or is getting it from elsewhere, stays. */
    private void forget(Caller caller, UUID id) {
        try {
            if (images.show(caller, id).state() == Image.Status.QUEUED) {
                images.delete(caller, id);
            }
        } catch (RuntimeException e) {
            LOG.warn("The image {} stays queued after its upload failed", id, e);
        }
    }

    private static void answer(HttpServletResponse response, int status, String text) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().print(text);
    }
}
