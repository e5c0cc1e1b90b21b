package cloud.haneul.kernel.rest;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;

/**
 * Writes answers in the request's microversion, and keeps the JSON library's own exception mappers, whose answers quote our
 * classes, from ever seeing an exception.
 */
@Component
@Provider
public class JsonInterceptor implements ReaderInterceptor, WriterInterceptor {
    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        try {
            return context.proceed();
        } catch (JsonProcessingException e) {
            throw JsonReader.malformed(e);
        }
    }

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        try (VersionScope.Scope scope =
                VersionScope.enter(Exchange.from(context::getProperty).flatMap(Exchange::version))) {
            context.proceed();
        } catch (JsonProcessingException e) {
            throw Fault.internal("An answer could not be written as JSON", e);
        }
    }
}
