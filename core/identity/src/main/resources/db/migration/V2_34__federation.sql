create table identity_provider (
    id                varchar(64) primary key,
    domain_id         varchar(64) not null references identity_project (id),
    description       text,
    enabled           boolean     not null,
    authorization_ttl integer,
    version           bigint      not null
);

create table identity_provider_remote (
    remote_id   varchar(255) primary key,
    provider_id varchar(64)  not null references identity_provider (id)
);
create index identity_provider_remote_provider on identity_provider_remote (provider_id);

-- rules: JSON
create table identity_mapping (
    id             varchar(64) primary key,
    rules          text        not null,
    schema_version varchar(8)  not null,
    version        bigint      not null
);

-- place: provider and protocol. client: JSON of how we are known to the provider; secret: sealed with the key file
create table identity_protocol (
    place               varchar(130) primary key,
    provider_id         varchar(64)  not null references identity_provider (id),
    protocol_id         varchar(64)  not null,
    mapping_id          varchar(64)  not null references identity_mapping (id),
    remote_id_attribute varchar(64),
    client              text         not null,
    secret              text         not null,
    version             bigint       not null
);
create index identity_protocol_provider on identity_protocol (provider_id);
create index identity_protocol_mapping on identity_protocol (mapping_id);

create table identity_service_provider (
    id                 varchar(64)  primary key,
    auth_url           varchar(256) not null,
    sp_url             varchar(256) not null,
    description        text,
    enabled            boolean      not null,
    relay_state_prefix varchar(256) not null,
    version            bigint       not null
);

-- who came from where; unique_id is what the provider knows him by
create table identity_federated_user (
    user_id     varchar(64)  primary key references identity_user (id),
    provider_id varchar(64)  not null references identity_provider (id),
    protocol_id varchar(64)  not null,
    unique_id   varchar(255) not null,
    unique (provider_id, protocol_id, unique_id)
);

-- memberships that an identity provider vouched for, until then
alter table identity_membership add column expires_at timestamp with time zone;
create index identity_membership_expires on identity_membership (expires_at);
