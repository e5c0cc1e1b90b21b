-- options: JSON, group by group; secrets: JSON of the options that are never shown, sealed with the key file
create table identity_domain_config (
    domain_id varchar(64) primary key references identity_project (id),
    options   text        not null,
    secrets   text        not null,
    version   bigint      not null
);
