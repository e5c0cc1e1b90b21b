-- whom, what and which request a search is for; newest first is the order of ids
create index kernel_audit_user on kernel_audit (user_id, id);
create index kernel_audit_target on kernel_audit (target_id, id);
create index kernel_audit_request on kernel_audit (request_id);
create index kernel_audit_newest on kernel_audit (project_id, id);
