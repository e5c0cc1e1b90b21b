-- how a protocol of SAML is set up. settings: JSON; metadata: the provider's, when it was given itself; sealed_key: ours,
-- sealed with the key file
create table identity_protocol_saml (
    place      varchar(130) primary key references identity_protocol (place) on delete cascade,
    settings   text   not null,
    metadata   text,
    sealed_key text   not null,
    version    bigint not null
);

-- assertions that were taken, so that none is taken twice; id: SHA-256 of provider and assertion
create table identity_saml_assertion (
    id         varchar(64) primary key,
    expires_at timestamp with time zone not null
);
create index identity_saml_assertion_expires on identity_saml_assertion (expires_at);
