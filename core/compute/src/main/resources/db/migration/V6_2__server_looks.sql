-- raised with each change of what a server is shown with and that is not in its row: ports, addresses, names of networks
create table compute_server_look (
    server_id uuid   primary key references compute_server on delete cascade,
    stamp     bigint not null
);
insert into compute_server_look (server_id, stamp) select id, 0 from compute_server;
