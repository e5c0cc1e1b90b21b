-- which entry of a domain's directory a row of identity_user or identity_group stands for
create table identity_shadow (
    public_id varchar(64)  primary key,
    domain_id varchar(64)  not null references identity_project (id),
    kind      varchar(8)   not null,
    local_id  varchar(255) not null,
    unique (domain_id, kind, local_id)
);
