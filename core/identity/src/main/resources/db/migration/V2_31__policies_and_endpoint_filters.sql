create table identity_policy (
    id      varchar(64)  primary key,
    type    varchar(255) not null,
    content text         not null,
    extra   text         not null,
    version bigint       not null
);

-- what has a policy: an endpoint, a service, or a service in a region; place is the key made of these ids
create table identity_policy_link (
    place       varchar(600) primary key,
    policy_id   varchar(64)  not null references identity_policy (id),
    endpoint_id varchar(64)  references identity_endpoint (id),
    service_id  varchar(64)  references identity_service (id),
    region_id   varchar(255) references identity_region (id),
    version     bigint       not null
);
create index identity_policy_link_policy on identity_policy_link (policy_id);

create table identity_endpoint_group (
    id          varchar(64)  primary key,
    name        varchar(255) not null,
    description text,
    service_id  varchar(64),
    region_id   varchar(255),
    interface   varchar(8),
    version     bigint       not null
);

-- a project with any row here sees only what its rows name: endpoints, and those of endpoint groups
create table identity_catalog_filter (
    project_id varchar(64) not null references identity_project (id),
    thing_id   varchar(64) not null,
    of_group   boolean     not null,
    primary key (project_id, thing_id)
);
create index identity_catalog_filter_thing on identity_catalog_filter (thing_id);
