"""A SAML identity provider of a test's own, with pysaml2: FOLDER PORT. One user is logged in there, with the attributes and
in the manner that the test sets by POST /manner; POST /client takes a service provider's metadata."""
import base64
import datetime
import html
import json
import os
import re
import sys
import traceback
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT, BINDING_SOAP
from saml2.authn_context import PASSWORD
from saml2.config import IdPConfig
from saml2.saml import NAMEID_FORMAT_PERSISTENT
from saml2.server import Server
from saml2.sigver import verify_redirect_signature
from saml2.xmldsig import DIGEST_SHA256, SIG_RSA_SHA256

folder, port = sys.argv[1], int(sys.argv[2])
base = f"http://127.0.0.1:{port}"
manner = {"identity": {}, "user": "", "sign_response": False, "sign_assertion": True, "encrypt": False, "password": ""}


def make_key():
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "idp")])
    now = datetime.datetime.utcnow()
    cert = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
            .serial_number(1).not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=30)).sign(key, hashes.SHA256()))
    with open(f"{folder}/key.pem", "wb") as out:
        out.write(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL,
                                    serialization.NoEncryption()))
    with open(f"{folder}/cert.pem", "wb") as out:
        out.write(cert.public_bytes(serialization.Encoding.PEM))


def load():
    clients = [f"{folder}/sp.xml"] if os.path.exists(f"{folder}/sp.xml") else []
    config = IdPConfig()
    config.load({
        "entityid": f"{base}/metadata",
        "xmlsec_binary": "/usr/bin/xmlsec1",
        "key_file": f"{folder}/key.pem",
        "cert_file": f"{folder}/cert.pem",
        "metadata": {"local": clients},
        "signing_algorithm": SIG_RSA_SHA256,
        "digest_algorithm": DIGEST_SHA256,
        "service": {"idp": {
            "endpoints": {"single_sign_on_service": [(f"{base}/sso", BINDING_HTTP_REDIRECT), (f"{base}/ecp", BINDING_SOAP)]},
            "policy": {"default": {"lifetime": {"minutes": 5}, "attribute_restrictions": None, "fail_on_missing_requested": False,
                                   "name_form": "urn:oasis:names:tc:SAML:2.0:attrname-format:uri"}},
            "name_id_format": [NAMEID_FORMAT_PERSISTENT],
        }},
    })
    return Server(config=config)


class Provider(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.guarded(self.get)

    def do_POST(self):
        self.guarded(self.post)

    def guarded(self, method):
        try:
            method()
        except Exception:
            # the test shows it
            self.answer(500, traceback.format_exc())

    def get(self):
        url = urllib.parse.urlparse(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        if url.path == "/metadata":
            from saml2.metadata import entity_descriptor
            self.answer(200, str(entity_descriptor(server.config)), "application/samlmetadata+xml")
        elif url.path == "/sso":
            request = server.parse_authn_request(query["SAMLRequest"], BINDING_HTTP_REDIRECT)
            certs = server.metadata.certs(request.message.issuer.text, "any", "signing")
            # certs are pairs in some versions
            texts = [cert[1] if isinstance(cert, tuple) else cert for cert in certs]
            if not any(verify_redirect_signature(query.copy(), server.sec.sec_backend, cert) for cert in texts):
                return self.answer(403, "wrong signature")
            response = server.create_authn_response(**self.response(request))
            fields = {"SAMLResponse": base64.b64encode(str(response).encode()).decode(), "RelayState": query["RelayState"]}
            inputs = "".join(f'<input type="hidden" name="{n}" value="{html.escape(v)}"/>' for n, v in fields.items())
            action = server.response_args(request.message, [BINDING_HTTP_POST])["destination"]
            self.answer(200, f'<!DOCTYPE html><html><body><form method="post" action="{html.escape(action)}">{inputs}'
                             "<button>on</button></form><script>document.forms[0].submit()</script></body></html>")
        else:
            self.answer(404, "")

    def post(self):
        global server
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/client":
            with open(f"{folder}/sp.xml", "wb") as out:
                out.write(body)
            server = load()
            self.answer(200, "")
        elif self.path == "/manner":
            manner.update(json.loads(body))
            self.answer(200, "")
        elif self.path == "/ecp":
            wanted = "Basic " + base64.b64encode(f"{manner['user']}:{manner['password']}".encode()).decode()
            if self.headers["Authorization"] != wanted:
                return self.answer(401, "")
            # as it is: its own reader of envelopes renames the prefixes, which breaks the signature
            raw = re.search("<samlp:AuthnRequest.*</samlp:AuthnRequest>", body.decode(), re.DOTALL).group()
            request = server.parse_authn_request(base64.b64encode(raw.encode()), BINDING_HTTP_POST)
            if request.message.signature is None:
                return self.answer(403, "not signed")
            consumer = request.message.assertion_consumer_service_url
            response = re.sub("<\\?xml[^>]*\\?>", "", str(server.create_authn_response(**self.response(request))))
            self.answer(200, f'''<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Header>
<ecp:Response xmlns:ecp="urn:oasis:names:tc:SAML:2.0:profiles:SSO:ecp" S:mustUnderstand="1"
 S:actor="http://schemas.xmlsoap.org/soap/actor/next" AssertionConsumerServiceURL="{html.escape(consumer)}"/></S:Header>
<S:Body>{response}</S:Body></S:Envelope>''', "text/xml")
        else:
            self.answer(404, "")

    @staticmethod
    def response(request):
        message = request.message
        return dict(
            identity=manner["identity"], in_response_to=message.id, destination=message.assertion_consumer_service_url,
            sp_entity_id=message.issuer.text, name_id_policy=message.name_id_policy, userid=manner["user"],
            authn={"class_ref": PASSWORD, "authn_auth": base},
            sign_response=manner["sign_response"], sign_assertion=manner["sign_assertion"],
            encrypt_assertion=manner["encrypt"], encrypt_assertion_self_contained=True,
            sign_alg=SIG_RSA_SHA256, digest_alg=DIGEST_SHA256)

    def answer(self, status, text, kind="text/html"):
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args):
        print(self.address_string(), *args, file=sys.stderr)


make_key()
server = load()
ThreadingHTTPServer(("127.0.0.1", port), Provider).serve_forever()
