-- OAuth 1: programs that users let act for them. sealed: secrets, encrypted with the key file that is not in the database, for
-- signatures cannot be checked by a hash
create table identity_oauth1_consumer (
    id          varchar(64) primary key,
    description text,
    sealed      text        not null,
    extra       text        not null,
    version     bigint      not null
);

-- wishes of consumers for leave; user_id, roles (a JSON list of ids) and verifier_hash from when somebody gave it
create table identity_oauth1_request_token (
    id            varchar(64) primary key,
    consumer_id   varchar(64) not null,
    project_id    varchar(64) not null,
    sealed        text        not null,
    user_id       varchar(64),
    roles         text        not null,
    verifier_hash varchar(64),
    expires_at    timestamp with time zone not null,
    version       bigint      not null
);
create index identity_oauth1_request_token_consumer on identity_oauth1_request_token (consumer_id);
create index identity_oauth1_request_token_project on identity_oauth1_request_token (project_id);
create index identity_oauth1_request_token_user on identity_oauth1_request_token (user_id);
create index identity_oauth1_request_token_expires on identity_oauth1_request_token (expires_at);

-- roles: a JSON list of ids
create table identity_oauth1_access_token (
    id          varchar(64) primary key,
    consumer_id varchar(64) not null,
    user_id     varchar(64) not null,
    project_id  varchar(64) not null,
    sealed      text        not null,
    roles       text        not null,
    expires_at  timestamp with time zone
);
create index identity_oauth1_access_token_consumer on identity_oauth1_access_token (consumer_id);
create index identity_oauth1_access_token_user on identity_oauth1_access_token (user_id);
create index identity_oauth1_access_token_project on identity_oauth1_access_token (project_id);
create index identity_oauth1_access_token_expires on identity_oauth1_access_token (expires_at);

-- signatures that were taken, so that none is taken twice; id: SHA-256 of consumer, token, timestamp and nonce
create table identity_oauth1_nonce (
    id         varchar(64) primary key,
    expires_at timestamp with time zone not null
);
create index identity_oauth1_nonce_expires on identity_oauth1_nonce (expires_at);
