create table compute_flavor (
    id          varchar(255) primary key,
    name        varchar(255) not null unique,
    description text,
    vcpus       integer      not null,
    ram_mib     bigint       not null,
    disk_gib    bigint       not null,
    ephemeral_gib bigint     not null,
    swap_mib    bigint       not null,
    rxtx_factor double precision not null,
    is_public   boolean      not null,
    disabled    boolean      not null,
    extra_specs text         not null,
    access      text         not null,
    created_at  timestamp with time zone not null,
    version     bigint       not null
);

create table compute_key_pair (
    id          bigint       primary key,
    user_id     varchar(64)  not null,
    name        varchar(255) not null,
    type        varchar(16)  not null,
    public_key  text         not null,
    fingerprint varchar(255) not null,
    created_at  timestamp with time zone not null,
    version     bigint       not null,
    unique (user_id, name)
);
create sequence compute_key_pair_seq increment by 50 start with 50;

create table compute_host (
    id                uuid         primary key,
    name              varchar(255) not null unique,
    driver            varchar(64)  not null,
    uri               text         not null,
    config            text         not null,
    network_host      varchar(255) not null,
    zone              varchar(255) not null,
    connection        varchar(16)  not null,
    enabled           boolean      not null,
    disabled_reason   text         not null,
    problem           text         not null,
    architecture      varchar(64)  not null,
    hypervisor_type   varchar(64)  not null,
    hypervisor_version integer     not null,
    cpus              integer      not null,
    memory_mib        bigint       not null,
    disk_gib          bigint       not null,
    cpu_model         varchar(255) not null,
    traits            text         not null,
    cpu_ratio         double precision not null,
    ram_ratio         double precision not null,
    disk_ratio        double precision not null,
    created_at        timestamp with time zone not null,
    seen_at           timestamp with time zone,
    version           bigint       not null
);

create sequence compute_server_seq;
create table compute_server (
    id            uuid         primary key,
    number        bigint       not null unique,
    project_id    varchar(64)  not null,
    user_id       varchar(64)  not null,
    name          varchar(255) not null,
    host_name     varchar(255) not null,
    description   text,
    image_id      uuid,
    flavor_id     varchar(255) not null,
    flavor_name   varchar(255) not null,
    vcpus         integer      not null,
    ram_mib       bigint       not null,
    disk_gib      bigint       not null,
    ephemeral_gib bigint       not null,
    swap_mib      bigint       not null,
    extra_specs   text         not null,
    key_name      varchar(255),
    public_key    text,
    metadata      text         not null,
    tags          text         not null,
    user_data     text,
    admin_password text,
    config_drive  boolean      not null,
    asked_zone    varchar(255),
    asked_host    varchar(255),
    disk_config   varchar(16)  not null,
    access_ipv4   varchar(64)  not null,
    access_ipv6   varchar(64)  not null,
    locked        boolean      not null,
    locked_reason text,
    reservation_id varchar(64) not null,
    launch_index  integer      not null,
    host_id       uuid,
    vm_state      varchar(16)  not null,
    task          varchar(32),
    power         varchar(16)  not null,
    fault_code    integer,
    fault_text    text,
    fault_detail  text,
    fault_at      timestamp with time zone,
    created_at    timestamp with time zone not null,
    updated_at    timestamp with time zone not null,
    launched_at   timestamp with time zone,
    version       bigint       not null
);
create index compute_server_project on compute_server (project_id, created_at, id);
create index compute_server_created on compute_server (created_at, id);
create index compute_server_host on compute_server (host_id);

create table compute_console_token (
    hash       varchar(64) primary key,
    server_id  uuid        not null,
    kind       varchar(16) not null,
    user_id    varchar(64) not null,
    expires_at timestamp with time zone not null
);
