-- Who is signed in to the portal, where and since when: one row for each login, for as long as its token is good.
create table identity_portal_session (
    id           varchar(64) primary key,
    user_id      varchar(64) not null,
    address      varchar(64) not null,
    browser      varchar(512) not null,
    began_at     timestamp with time zone not null,
    seen_at      timestamp with time zone not null,
    expires_at   timestamp with time zone not null
);
create index identity_portal_session_user on identity_portal_session (user_id, seen_at);
create index identity_portal_session_end on identity_portal_session (expires_at);
