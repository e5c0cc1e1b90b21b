-- region_space is the region's id, '' for limits of all regions, so that uniqueness holds for them, too
create table identity_registered_limit (
    id            varchar(64)  primary key,
    service_id    varchar(64)  not null references identity_service (id),
    region_space  varchar(255) not null,
    resource_name varchar(255) not null,
    default_limit integer      not null,
    description   text,
    version       bigint       not null,
    unique (service_id, region_space, resource_name)
);

-- owner: a project or a domain. What the limit is about is its registered limit's, which cannot change meanwhile
create table identity_limit (
    id             varchar(64)  primary key,
    registered_id  varchar(64)  not null references identity_registered_limit (id),
    owner_id       varchar(64)  not null references identity_project (id),
    domain_limit   boolean      not null,
    service_id     varchar(64)  not null,
    region_space   varchar(255) not null,
    resource_name  varchar(255) not null,
    resource_limit integer      not null,
    description    text,
    version        bigint       not null,
    unique (owner_id, registered_id)
);
create index identity_limit_registered on identity_limit (registered_id);
