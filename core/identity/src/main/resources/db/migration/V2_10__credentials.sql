-- what users authenticate with beside passwords. sealed: the blob, encrypted with the key file that is not in the database;
-- the id of an ec2 credential is the SHA-256 of its access key
create table identity_credential (
    id         varchar(64)  primary key,
    user_id    varchar(64)  not null,
    project_id varchar(64),
    type       varchar(255) not null,
    sealed     text         not null,
    created_at timestamp with time zone not null,
    version    bigint       not null
);
create index identity_credential_user on identity_credential (user_id, type);
create index identity_credential_project on identity_credential (project_id);

-- roles, access_rules: JSON lists of ids
create table identity_app_credential (
    id           varchar(64)  primary key,
    user_id      varchar(64)  not null,
    project_id   varchar(64)  not null,
    name         varchar(255) not null,
    description  text         not null,
    hash         varchar(255) not null,
    roles        text         not null,
    access_rules text         not null,
    unrestricted boolean      not null,
    expires_at   timestamp with time zone,
    created_at   timestamp with time zone not null,
    unique (user_id, name)
);
create index identity_app_credential_project on identity_app_credential (project_id);

create table identity_access_rule (
    id      varchar(64)  primary key,
    user_id varchar(64)  not null,
    service varchar(255) not null,
    method  varchar(16)  not null,
    path    varchar(512) not null,
    unique (user_id, service, method, path)
);

-- roles: a JSON list of ids
create table identity_trust (
    id                 varchar(64) primary key,
    trustor_id         varchar(64) not null,
    trustee_id         varchar(64) not null,
    project_id         varchar(64),
    impersonation      boolean     not null,
    roles              text        not null,
    expires_at         timestamp with time zone,
    remaining_uses     integer,
    redelegation_count integer     not null,
    parent_id          varchar(64),
    created_at         timestamp with time zone not null
);
create index identity_trust_trustor on identity_trust (trustor_id);
create index identity_trust_trustee on identity_trust (trustee_id);
create index identity_trust_project on identity_trust (project_id);
create index identity_trust_parent on identity_trust (parent_id);

-- what logging in leaves behind: failures in a row, the last day he got in, the last one-time password that was used
create table identity_login_state (
    user_id   varchar(64) primary key,
    failures  integer     not null,
    failed_at timestamp with time zone,
    active_at timestamp with time zone,
    totp_step bigint      not null
);
