package cloud.haneul.kernel.rest;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import org.slf4j.MDC;

/**
 * Around all other filters: tells them the client's address, which the servlet container knows and JAX-RS does not, and lets
 * nothing of a request stay on its thread.
 */
public class AddressFilter implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        request.setAttribute(ClientAddress.PROPERTY, request.getRemoteAddr());
        try {
            chain.doFilter(request, response);
        } finally {
            Exchange.forget();
            MDC.clear();
        }
    }
}
