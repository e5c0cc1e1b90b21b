package cloud.haneul.image.rest;

import cloud.haneul.image.Images;
import cloud.haneul.image.Images.ImageData;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.rest.Call;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Image API, "Image data": streamed in and out, never held in memory. */
@Component
@Path("/image/v2/images/{id}/file")
public class ImageDataResource {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    private final Images images;

    @Inject
    ImageDataResource(Images images) {
        this.images = images;
    }

    @PUT
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    public Response upload(@BeanParam Call call, @PathParam("id") String id, InputStream data) {
        OptionalLong size = call.header("Content-Length")
                .filter(l -> l.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
        images.upload(call.caller(), ImageApi.imageId(id), data, size);
        return Response.noContent().build();
    }

    @GET
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public Response download(@BeanParam Call call, @PathParam("id") String id) {
        UUID image = ImageApi.imageId(id);
        ImageData data = images.download(call.caller(), image);
        if (!data.isThere()) {
            return Response.noContent().build();
        }
        long size = data.image().size().orElseThrow();
        long from = 0;
        long to = size - 1;
        boolean part = call.header("Range").isPresent();
        if (part) {
            long[] range = range(call.header("Range").get(), size);
            from = range[0];
            to = range[1];
        }
        long start = from;
        long length = to - from + 1;
        StreamingOutput body = out -> {
            try (FileChannel file = FileChannel.open(data.file());
                    WritableByteChannel channel = Channels.newChannel(out)) {
                copy(file, start, length, channel);
            }
        };
        Response.ResponseBuilder answer = Response.status(part ? 206 : 200)
                .entity(body)
                .type(MediaType.APPLICATION_OCTET_STREAM)
                .header("Content-Length", length)
                .header("Accept-Ranges", "bytes");
        data.image().checksum().ifPresent(md5 -> answer.header("Content-MD5", md5));
        if (part) {
            answer.header("Content-Range", "bytes " + from + "-" + to + "/" + size);
        }
        return answer.build();
    }

    private static void copy(FileChannel file, long start, long length, WritableByteChannel to) throws IOException {
        long done = 0;
        while (done < length) {
            long n = file.transferTo(start + done, Math.min(length - done, 1 << 20), to);
            if (n <= 0) {
                throw new IOException("The image's file is shorter than its record says");
            }
            done += n;
        }
    }

    /** RFC 9110, section 14.1.2: one range. */
    private static long[] range(String header, long size) {
        Matcher matcher = RANGE.matcher(header);
        if (!matcher.matches()
                || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
            throw unsatisfiable(header);
        }
        long from;
        long to;
        if (matcher.group(1).isEmpty()) {
            from = Math.max(0, size - Long.parseLong(matcher.group(2)));
            to = size - 1;
        } else {
            from = Long.parseLong(matcher.group(1));
            to = matcher.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(matcher.group(2)));
        }
        if (from > to) {
            throw unsatisfiable(header);
        }
        return new long[] {from, to};
    }

    private static Fault unsatisfiable(String header) {
        return Fault.of(
                Fault.Kind.RANGE_NOT_SATISFIABLE,
                "The byte range " + header + " passed in the 'Range' header does not fit the image.");
    }
}
