create table placement_provider (
    id         uuid         primary key,
    name       varchar(200) not null unique,
    generation bigint       not null,
    traits     text         not null,
    created_at timestamp with time zone not null
);

-- capacity is floor((total - reserved) * allocation_ratio): kept, so that a claim is one compare-and-set
create table placement_inventory (
    provider_id      uuid         not null references placement_provider (id),
    resource_class   varchar(255) not null,
    total            bigint       not null,
    reserved         bigint       not null,
    min_unit         bigint       not null,
    max_unit         bigint       not null,
    step_size        bigint       not null,
    allocation_ratio double precision not null,
    capacity         bigint       not null,
    used             bigint       not null,
    primary key (provider_id, resource_class)
);
create index placement_inventory_class on placement_inventory (resource_class, provider_id);

create table placement_consumer (
    id         uuid        primary key,
    project_id varchar(64) not null,
    user_id    varchar(64) not null,
    generation bigint      not null
);
create index placement_consumer_project on placement_consumer (project_id);

create table placement_allocation (
    consumer_id    uuid         not null references placement_consumer (id),
    provider_id    uuid         not null references placement_provider (id),
    resource_class varchar(255) not null,
    used           bigint       not null,
    primary key (consumer_id, provider_id, resource_class)
);
create index placement_allocation_provider on placement_allocation (provider_id);
