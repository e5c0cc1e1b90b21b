package cloud.haneul.identity;

import cloud.haneul.kernel.Fault;
import com.unboundid.ldap.sdk.FailoverServerSet;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPURL;
import com.unboundid.ldap.sdk.PostConnectProcessor;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.ServerSet;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.SingleServerSet;
import com.unboundid.ldap.sdk.StartTLSPostConnectProcessor;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import com.unboundid.util.ssl.JVMDefaultTrustManager;
import com.unboundid.util.ssl.PEMFileTrustManager;
import com.unboundid.util.ssl.SSLUtil;
import com.unboundid.util.ssl.TrustAllTrustManager;
import java.io.File;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * Connections to one domain's directory server, kept in a pool. A server that is slow or down costs the cloud little: every
 * step has a time limit, no more requests are inside than the pool has connections, whoever finds no room soon is turned away,
 * and for a moment after a failure everybody is, without asking the server.
 */
final class LdapClient implements AutoCloseable {
    /** How long nobody asks a server that did not answer. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** Answers to a bind that speak of the server and not of the user. */
    private static final Set<ResultCode> OF_SERVER =
            Set.of(ResultCode.BUSY, ResultCode.UNAVAILABLE, ResultCode.OTHER, ResultCode.CONFIDENTIALITY_REQUIRED);

    private final LDAPConnectionPool pool;
    private final Semaphore room;
    private final Duration patience;
    private final AtomicLong pauseUntil = new AtomicLong(System.nanoTime());

    LdapClient(LdapSettings settings) {
        Duration connect = settings.connectTimeout().orElseGet(IdentitySettings.LDAP_CONNECT_TIMEOUT::get);
        Duration answer = IdentitySettings.LDAP_TIMEOUT.get();
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis((int) connect.toMillis());
        options.setResponseTimeoutMillis(answer.toMillis());
        options.setUseSynchronousMode(true);
        options.setAbandonOnTimeout(false);
        options.setFollowReferrals(settings.referrals());
        options.setBindWithDNRequiresPassword(true);
        SSLSocketFactory tls = tls(settings, options);
        ServerSet[] servers =
                settings.urls().stream().map(url -> server(url, tls, options)).toArray(ServerSet[]::new);
        SimpleBindRequest bind = settings.bindDn()
                .map(dn -> new SimpleBindRequest(dn, settings.bindPassword()))
                .orElseGet(SimpleBindRequest::new);
        PostConnectProcessor afterwards = settings.startTls() ? new StartTLSPostConnectProcessor(tls) : null;
        try {
            pool = new LDAPConnectionPool(
                    new FailoverServerSet(servers), bind, 0, settings.poolSize(), afterwards, false);
        } catch (LDAPException e) {
            throw new IllegalStateException("A pool that connects to nothing yet cannot fail", e);
        }
        pool.setCreateIfNecessary(true);
        pool.setMaxConnectionAgeMillis(TimeUnit.MINUTES.toMillis(10));
        room = new Semaphore(settings.poolSize());
        patience = connect;
    }

    /** Something that is asked of the server. */
    interface Work<T> {
        T on(LDAPConnection connection) throws LDAPException;
    }

    /** @throws Fault UNAVAILABLE when the server does not answer in time, or says that it cannot */
    <T> T ask(Work<T> work) {
        if (System.nanoTime() - pauseUntil.get() < 0) {
            throw unavailable("it did not answer a moment ago", null);
        }
        boolean inside = false;
        try {
            inside = room.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (!inside) {
                throw unavailable("too many requests wait for it", null);
            }
            return tried(work);
        } catch (LDAPException e) {
            if (isDown(e.getResultCode())) {
                pauseUntil.set(System.nanoTime() + PAUSE.toNanos());
            }
            throw unavailable(e.getDiagnosticMessage() == null ? e.getMessage() : e.getDiagnosticMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("the wait for it was broken off", e);
        } finally {
            if (inside) {
                room.release();
            }
        }
    }

    /** Whether somebody's password is right, by binding with it; an empty one is not, whatever the server thinks. */
    boolean isPassword(String dn, String password) {
        if (password.isEmpty()) {
            return false;
        }
        return ask(connection -> {
            try {
                connection.bind(dn, password);
                return true;
            } catch (LDAPException e) {
                if (isDown(e.getResultCode()) || OF_SERVER.contains(e.getResultCode())) {
                    throw e;
                }
                return false;
            }
        });
    }

    /** A connection that sat idle may have died: then once more on another. */
    private <T> T tried(Work<T> work) throws LDAPException {
        try {
            return once(work);
        } catch (LDAPException e) {
            if (e.getResultCode().equals(ResultCode.SERVER_DOWN)) {
                return once(work);
            }
            throw e;
        }
    }

    private <T> T once(Work<T> work) throws LDAPException {
        LDAPConnection connection = pool.getConnection();
        T result;
        try {
            result = work.on(connection);
        } catch (LDAPException e) {
            pool.releaseConnectionAfterException(connection, e);
            throw e;
        } catch (RuntimeException e) {
            pool.releaseDefunctConnection(connection);
            throw e;
        }
        // whoever bound last, the next one is ourselves
        pool.releaseAndReAuthenticateConnection(connection);
        return result;
    }

    private static boolean isDown(ResultCode code) {
        return !code.isConnectionUsable() || code.equals(ResultCode.TIMEOUT);
    }

    static Fault unavailable(String why, Throwable cause) {
        Fault fault = Fault.of(
                        Fault.Kind.UNAVAILABLE,
                        "The directory of this domain does not answer at the moment. Please try again later.")
                .detail("The LDAP server cannot be used: " + why);
        return cause == null ? fault : fault.cause(cause);
    }

    private static ServerSet server(LDAPURL url, SSLSocketFactory tls, LDAPConnectionOptions options) {
        SocketFactory sockets = url.getScheme().equals("ldaps") ? tls : SocketFactory.getDefault();
        return new SingleServerSet(url.getHost(), url.getPort(), sockets, options);
    }

    private static SSLSocketFactory tls(LdapSettings settings, LDAPConnectionOptions options) {
        try {
            boolean trusting = settings.certificates().equals("never");
            TrustManager trust = trusting
                    ? new TrustAllTrustManager()
                    : settings.authorities().isPresent()
                            ? new PEMFileTrustManager(
                                    List.of(new File(settings.authorities().get())))
                            : JVMDefaultTrustManager.getInstance();
            if (!trusting) {
                options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(true));
            }
            return new SSLUtil(trust).createSSLSocketFactory();
        } catch (GeneralSecurityException e) {
            throw unavailable("its certificates cannot be checked", e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
