-- A crowd for measurements: 100,000 users, 10,000 projects, 1,000 groups and 1,000,000 role assignments, in eleven domains, in
-- the PostgreSQL database of a cloud that has been started once. Everybody has the password of the user bench-user.
-- Ids are made of kind and number, so that no query has to find out what an earlier one made.
create function bench_id(kind text, i bigint) returns text language sql immutable as $$ select md5(kind || i) $$;
insert into identity_project (id, name, name_space, domain_id, parent_id, is_domain, description, enabled, immutable, extra, created_at, version)
select bench_id('domain', i), 'domain-' || i, '', null, null, true, '', true, false, '{}', now(), 1 from generate_series(0, 9) i;
insert into identity_project (id, name, name_space, domain_id, parent_id, is_domain, description, enabled, immutable, extra, created_at, version)
select bench_id('project', i), 'project-' || i, d, d,
  case when i >= 9000 then bench_id('project', i - 9000) else d end, false, 'of the crowd', true, false, '{}', now(), 1
from generate_series(0, 9999) i, lateral (select case when i % 2 = 0 then 'default' else bench_id('domain', (i / 2) % 10) end d) x where i < 9000;
insert into identity_project (id, name, name_space, domain_id, parent_id, is_domain, description, enabled, immutable, extra, created_at, version)
select bench_id('project', i), 'project-' || i, p.domain_id, p.domain_id, p.id, false, 'of the crowd', true, false, '{}', now(), 1
from generate_series(9000, 9999) i join identity_project p on p.id = bench_id('project', i - 9000);
insert into identity_user (id, domain_id, name, enabled, default_project_id, description, email, options, extra, created_at, version)
select bench_id('user', i), case when i % 2 = 0 then 'default' else bench_id('domain', (i / 2) % 10) end, 'user-' || i, true, null, null, 'user-' || i || '@example.org', '{}', '{}', now(), 1
from generate_series(0, 99999) i;
insert into identity_password (id, user_id, hash, self_service, created_at, expires_at)
select 1000000 + i, bench_id('user', i), h.hash, false, now(), null
from generate_series(0, 99999) i, (select p.hash from identity_password p join identity_user u on u.id = p.user_id where u.name = 'bench-user' limit 1) h;
insert into identity_group (id, domain_id, name, description, extra, created_at, version)
select bench_id('group', i), case when i % 2 = 0 then 'default' else bench_id('domain', (i / 2) % 10) end, 'group-' || i, '', '{}', now(), 1 from generate_series(0, 999) i;
insert into identity_membership (user_id, group_id)
select bench_id('user', (g * 97 + m * 2) % 100000), bench_id('group', g) from generate_series(1, 999) g, generate_series(0, 99) m;
insert into identity_membership (user_id, group_id)
select bench_id('user', m * 2), bench_id('group', 0) from generate_series(0, 9999) m;
insert into identity_assignment (actor_type, actor_id, target_type, target_id, role_id, inherited)
select 'user', bench_id('user', u), 'project', bench_id('project', (u * 7 + k * 1009) % 10000), (select id from identity_role where name_space = '' and name = case when k % 3 = 0 then 'reader' else 'member' end), false
from generate_series(0, 98999) u, generate_series(0, 9) k;
insert into identity_assignment (actor_type, actor_id, target_type, target_id, role_id, inherited)
select 'group', bench_id('group', g), 'project', bench_id('project', (g * 13 + k * 1013) % 10000), (select id from identity_role where name_space = '' and name = 'member'), false
from generate_series(0, 999) g, generate_series(0, 7) k;
insert into identity_assignment (actor_type, actor_id, target_type, target_id, role_id, inherited)
select 'user', bench_id('user', 99000 + i), 'domain', bench_id('domain', i % 10), (select id from identity_role where name_space = '' and name = 'reader'), i % 2 = 0 from generate_series(0, 999) i;
insert into identity_assignment (actor_type, actor_id, target_type, target_id, role_id, inherited)
select 'user', bench_id('user', 98000 + i), 'project', bench_id('project', 0), (select id from identity_role where name_space = '' and name = 'manager'), false from generate_series(0, 999) i;
drop function bench_id;
analyze;
