-- lists are in the order of names, or of those who hold roles: a page of them is read from an index, wherever it begins
create index identity_user_name on identity_user (name, id);
create index identity_group_name on identity_group (name, id);
create index identity_project_name on identity_project (name, id);
create index identity_project_domain_name on identity_project (domain_id, name, id);
create index identity_project_parent_name on identity_project (parent_id, name, id);
create index identity_assignment_target_actor on identity_assignment (target_id, actor_id);
create index identity_assignment_role_actor on identity_assignment (role_id, actor_id);
drop index identity_assignment_target;
drop index identity_assignment_role;
drop index identity_project_domain;
drop index identity_project_parent;
