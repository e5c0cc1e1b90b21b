create table image_image (
    id               uuid         primary key,
    owner            varchar(64)  not null,
    name             varchar(255) not null,
    status           varchar(16)  not null,
    visibility       varchar(16)  not null,
    disk_format      varchar(16)  not null,
    container_format varchar(16)  not null,
    size_bytes       bigint,
    virtual_size     bigint,
    checksum         varchar(32),
    sha512           varchar(128),
    min_disk_gib     bigint       not null,
    min_ram_mib      bigint       not null,
    protected        boolean      not null,
    hidden           boolean      not null,
    properties       text         not null,
    tags             text         not null,
    node             varchar(64)  not null,
    created_at       timestamp with time zone not null,
    updated_at       timestamp with time zone not null,
    version          bigint       not null
);
create index image_image_owner on image_image (owner, created_at, id);
create index image_image_visibility on image_image (visibility, created_at, id);
