create table kernel_operation (
    id                uuid primary key,
    kind              varchar(64)  not null,
    kind_version      integer      not null,
    resource_type     varchar(64)  not null,
    resource_id       varchar(64)  not null,
    resource_name     varchar(255) not null,
    project_id        varchar(64),
    user_id           varchar(64)  not null,
    user_name         varchar(255) not null,
    request_id        varchar(64)  not null,
    global_request_id varchar(64),
    params            text         not null,
    memory            text         not null,
    state             varchar(16)  not null,
    step              integer      not null,
    attempts          integer      not null,
    elsewhere         integer      not null,
    unwind_to         integer      not null,
    percent           integer      not null,
    cancelled         boolean      not null,
    after_id          uuid,
    node              varchar(64),
    generation        bigint       not null,
    lease_until       timestamp with time zone,
    due_at            timestamp with time zone not null,
    created_at        timestamp with time zone not null,
    finished_at       timestamp with time zone,
    error_code        varchar(32),
    error_text        text,
    error_detail      text,
    version           bigint       not null
);
create index kernel_operation_due on kernel_operation (state, due_at);
create index kernel_operation_resource on kernel_operation (resource_type, resource_id, created_at);
create index kernel_operation_project on kernel_operation (project_id, created_at);
create index kernel_operation_after on kernel_operation (after_id);
create index kernel_operation_request on kernel_operation (request_id);

create table kernel_operation_lock (
    resource_type varchar(64) not null,
    resource_id   varchar(64) not null,
    operation_id  uuid        not null,
    primary key (resource_type, resource_id)
);

create sequence kernel_operation_event_seq increment by 50 start with 50;
create table kernel_operation_event (
    id           bigint      primary key,
    operation_id uuid        not null references kernel_operation (id),
    at           timestamp with time zone not null,
    type         varchar(16) not null,
    step         varchar(64) not null,
    node         varchar(64) not null,
    text         text        not null,
    detail       text        not null,
    millis       bigint      not null
);
create index kernel_operation_event_operation on kernel_operation_event (operation_id, id);

create table kernel_lease (
    name       varchar(64) primary key,
    node       varchar(64) not null,
    until_time timestamp with time zone not null
);

create table kernel_quota_limit (
    project_id varchar(64) not null,
    resource   varchar(64) not null,
    max_value  bigint      not null,
    primary key (project_id, resource)
);

create table kernel_quota_usage (
    project_id varchar(64) not null,
    resource   varchar(64) not null,
    used       bigint      not null,
    primary key (project_id, resource)
);

create sequence kernel_audit_seq increment by 50 start with 50;
create table kernel_audit (
    id          bigint       primary key,
    at          timestamp with time zone not null,
    action      varchar(128) not null,
    outcome     varchar(16)  not null,
    user_id     varchar(64)  not null,
    user_name   varchar(255) not null,
    project_id  varchar(64),
    domain_id   varchar(64),
    target_type varchar(64)  not null,
    target_id   varchar(64)  not null,
    target_name varchar(255) not null,
    address     varchar(64)  not null,
    request_id  varchar(64)  not null,
    reason      text         not null
);
create index kernel_audit_at on kernel_audit (at);
create index kernel_audit_project on kernel_audit (project_id, at);
