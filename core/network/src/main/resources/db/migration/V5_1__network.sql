-- revision rises with each change; wired_revision is the one the back end was last brought to. Rows that are being deleted are
-- invisible and go when the back end is clean.
create table network_network (
    id                    uuid          primary key,
    project_id            varchar(64)   not null,
    name                  varchar(255)  not null,
    description           varchar(255)  not null,
    tags                  text          not null,
    admin_state_up        boolean       not null,
    shared                boolean       not null,
    external              boolean       not null,
    is_default            boolean       not null,
    port_security_enabled boolean       not null,
    mtu                   integer       not null,
    network_type          varchar(32)   not null,
    physical_network      varchar(64),
    segmentation_id       integer,
    segment_key           varchar(200)  unique,
    dns_domain            varchar(255)  not null,
    created_at            timestamp with time zone not null,
    updated_at            timestamp with time zone not null,
    revision              bigint        not null,
    wired_revision        bigint        not null,
    deleting              boolean       not null,
    problem               text,
    attempts              integer       not null,
    next_try              timestamp with time zone
);
create index network_network_project on network_network (project_id);

create table network_subnet (
    id                uuid         primary key,
    project_id        varchar(64)  not null,
    network_id        uuid         not null references network_network (id),
    name              varchar(255) not null,
    description       varchar(255) not null,
    tags              text         not null,
    cidr              varchar(64)  not null,
    ip_version        integer      not null,
    gateway           varchar(45),
    enable_dhcp       boolean      not null,
    dns_servers       text         not null,
    host_routes       text         not null,
    pools             text         not null,
    ipv6_address_mode varchar(32),
    ipv6_ra_mode      varchar(32),
    created_at        timestamp with time zone not null,
    updated_at        timestamp with time zone not null,
    revision          bigint       not null
);
create index network_subnet_network on network_subnet (network_id);
create index network_subnet_project on network_subnet (project_id);

create table network_security_group (
    id             uuid         primary key,
    project_id     varchar(64)  not null,
    name           varchar(255) not null,
    description    varchar(255) not null,
    tags           text         not null,
    -- the project whose default group this is; unique, so that parallel first requests make one
    default_of     varchar(64)  unique,
    created_at     timestamp with time zone not null,
    updated_at     timestamp with time zone not null,
    revision       bigint       not null,
    wired_revision bigint       not null,
    deleting       boolean      not null,
    problem        text,
    attempts       integer      not null,
    next_try       timestamp with time zone
);
create index network_security_group_project on network_security_group (project_id);

create table network_security_rule (
    id            uuid         primary key,
    project_id    varchar(64)  not null,
    group_id      uuid         not null references network_security_group (id),
    description   varchar(255) not null,
    tags          text         not null,
    direction     varchar(7)   not null,
    ether_type    varchar(4)   not null,
    protocol      varchar(16),
    port_min      integer,
    port_max      integer,
    remote_prefix varchar(64),
    remote_group  uuid         references network_security_group (id),
    -- all that makes a rule what it is, in one text: null columns would defeat a unique key
    sameness      varchar(255) not null,
    created_at    timestamp with time zone not null,
    updated_at    timestamp with time zone not null,
    revision      bigint       not null,
    unique (group_id, sameness)
);
create index network_security_rule_remote on network_security_rule (remote_group);
create index network_security_rule_project on network_security_rule (project_id);

create table network_port (
    id                    uuid         primary key,
    project_id            varchar(64)  not null,
    network_id            uuid         not null references network_network (id),
    name                  varchar(255) not null,
    description           varchar(255) not null,
    tags                  text         not null,
    mac                   varchar(17)  not null,
    admin_state_up        boolean      not null,
    status                varchar(16)  not null,
    device_id             varchar(255) not null,
    device_owner          varchar(255) not null,
    port_security_enabled boolean      not null,
    allowed_pairs         text         not null,
    dns_name              varchar(255) not null,
    host                  varchar(255),
    vnic_type             varchar(32)  not null,
    binding_profile       text         not null,
    -- made for the server in device_id and ends with it
    made_for_server       boolean      not null,
    created_at            timestamp with time zone not null,
    updated_at            timestamp with time zone not null,
    revision              bigint       not null,
    wired_revision        bigint       not null,
    deleting              boolean      not null,
    problem               text,
    attempts              integer      not null,
    next_try              timestamp with time zone,
    unique (network_id, mac)
);
create index network_port_project on network_port (project_id);
create index network_port_device on network_port (device_id);

-- who has which address; a row is the allocation
create table network_address (
    subnet_id  uuid        not null references network_subnet (id),
    ip         varchar(45) not null,
    port_id    uuid        not null references network_port (id),
    position   integer     not null,
    primary key (subnet_id, ip)
);
create index network_address_port on network_address (port_id);
create index network_address_ip on network_address (ip);

create table network_port_group (
    port_id  uuid not null references network_port (id),
    group_id uuid not null references network_security_group (id),
    primary key (port_id, group_id)
);
create index network_port_group_group on network_port_group (group_id);

create table network_router (
    id                 uuid         primary key,
    project_id         varchar(64)  not null,
    name               varchar(255) not null,
    description        varchar(255) not null,
    tags               text         not null,
    admin_state_up     boolean      not null,
    gateway_network_id uuid         references network_network (id),
    gateway_port_id    uuid         references network_port (id),
    enable_snat        boolean      not null,
    routes             text         not null,
    created_at         timestamp with time zone not null,
    updated_at         timestamp with time zone not null,
    revision           bigint       not null,
    wired_revision     bigint       not null,
    deleting           boolean      not null,
    problem            text,
    attempts           integer      not null,
    next_try           timestamp with time zone
);
create index network_router_project on network_router (project_id);

create table network_floating_ip (
    id            uuid         primary key,
    project_id    varchar(64)  not null,
    description   varchar(255) not null,
    tags          text         not null,
    network_id    uuid         not null references network_network (id),
    own_port_id   uuid         not null references network_port (id),
    floating_ip   varchar(45)  not null,
    fixed_port_id uuid         references network_port (id),
    fixed_ip      varchar(45),
    router_id     uuid         references network_router (id),
    status        varchar(16)  not null,
    dns_domain    varchar(255) not null,
    dns_name      varchar(255) not null,
    created_at    timestamp with time zone not null,
    updated_at    timestamp with time zone not null,
    revision      bigint       not null,
    -- a fixed address has one floating IP of each external network at most
    unique (network_id, fixed_port_id, fixed_ip)
);
create index network_floating_ip_project on network_floating_ip (project_id);
create index network_floating_ip_port on network_floating_ip (fixed_port_id);
create index network_floating_ip_router on network_floating_ip (router_id);
