-- domains are projects with is_domain; name_space is the domain within which a name is unique, '' for domains themselves
create table identity_project (
    id          varchar(64)  primary key,
    name        varchar(64)  not null,
    name_space  varchar(64)  not null,
    domain_id   varchar(64)  references identity_project (id),
    parent_id   varchar(64)  references identity_project (id),
    is_domain   boolean      not null,
    description text         not null,
    enabled     boolean      not null,
    immutable   boolean      not null,
    extra       text         not null,
    created_at  timestamp with time zone not null,
    version     bigint       not null,
    unique (name_space, name)
);
create index identity_project_domain on identity_project (domain_id);
create index identity_project_parent on identity_project (parent_id);

create table identity_project_tag (
    project_id varchar(64)  not null references identity_project (id),
    name       varchar(255) not null,
    primary key (project_id, name)
);
create index identity_project_tag_name on identity_project_tag (name);

create table identity_user (
    id                 varchar(64)  primary key,
    domain_id          varchar(64)  not null references identity_project (id),
    name               varchar(255) not null,
    enabled            boolean      not null,
    default_project_id varchar(64),
    description        text,
    email              varchar(255),
    options            text         not null,
    extra              text         not null,
    created_at         timestamp with time zone not null,
    version            bigint       not null,
    unique (domain_id, name)
);
create index identity_user_default_project on identity_user (default_project_id);

-- the newest row of a user is his password, the older ones are its history
create sequence identity_password_seq increment by 50 start with 50;
create table identity_password (
    id           bigint       primary key,
    user_id      varchar(64)  not null references identity_user (id),
    hash         varchar(255) not null,
    self_service boolean      not null,
    created_at   timestamp with time zone not null,
    expires_at   timestamp with time zone
);
create index identity_password_user on identity_password (user_id, created_at);

create table identity_group (
    id          varchar(64)  primary key,
    domain_id   varchar(64)  not null references identity_project (id),
    name        varchar(255) not null,
    description text         not null,
    extra       text         not null,
    created_at  timestamp with time zone not null,
    version     bigint       not null,
    unique (domain_id, name)
);

create table identity_membership (
    user_id  varchar(64) not null references identity_user (id),
    group_id varchar(64) not null references identity_group (id),
    primary key (user_id, group_id)
);
create index identity_membership_group on identity_membership (group_id);

create table identity_role (
    id          varchar(64)  primary key,
    name        varchar(255) not null,
    name_space  varchar(64)  not null,
    domain_id   varchar(64)  references identity_project (id),
    description text,
    immutable   boolean      not null,
    extra       text         not null,
    created_at  timestamp with time zone not null,
    version     bigint       not null,
    unique (name_space, name)
);

create table identity_implied_role (
    prior_id   varchar(64) not null references identity_role (id),
    implied_id varchar(64) not null references identity_role (id),
    primary key (prior_id, implied_id)
);

-- actor: user or group; target: project, domain or system (whose id is 'system')
create table identity_assignment (
    actor_type  varchar(8)  not null,
    actor_id    varchar(64) not null,
    target_type varchar(8)  not null,
    target_id   varchar(64) not null,
    role_id     varchar(64) not null references identity_role (id),
    inherited   boolean     not null,
    primary key (actor_id, target_id, role_id, actor_type, target_type, inherited)
);
create index identity_assignment_target on identity_assignment (target_id);
create index identity_assignment_role on identity_assignment (role_id);

create table identity_region (
    id          varchar(255) primary key,
    parent_id   varchar(255) references identity_region (id),
    description text         not null,
    extra       text         not null,
    version     bigint       not null
);

-- managed rows follow what the program itself serves, at each start; an administrator's change ends that
create table identity_service (
    id          varchar(64)  primary key,
    type        varchar(255) not null,
    name        varchar(255) not null,
    description text         not null,
    enabled     boolean      not null,
    managed     boolean      not null,
    extra       text         not null,
    version     bigint       not null
);
create index identity_service_type on identity_service (type);

-- url: whole, or a path on whatever address the client came by
create table identity_endpoint (
    id         varchar(64)   primary key,
    service_id varchar(64)   not null references identity_service (id),
    region_id  varchar(255)  references identity_region (id),
    interface  varchar(8)    not null,
    url        varchar(2000) not null,
    enabled    boolean       not null,
    managed    boolean       not null,
    extra      text          not null,
    version    bigint        not null
);
create index identity_endpoint_service on identity_endpoint (service_id);

-- sealed: encrypted with the key file that is not in the database
create table identity_token_key (
    id         integer primary key,
    sealed     text    not null,
    created_at timestamp with time zone not null
);

-- what other controllers must hear of within a second. at is the database's own clock, before_at the writer's
create table identity_revocation (
    id         uuid        primary key,
    kind       varchar(8)  not null,
    subject    varchar(64) not null,
    before_at  timestamp with time zone,
    at         timestamp with time zone not null,
    expires_at timestamp with time zone not null
);
create index identity_revocation_at on identity_revocation (at);
create index identity_revocation_expires on identity_revocation (expires_at);
