create table if not exists account (
    id integer primary key,
    name text not null,
    name_key text not null unique,
    role text not null check (role in ('admin', 'petugas', 'pimpinan', 'pemda')),
    wilayah text,
    provinsi text,
    password text,
    identity text unique,
    must_change integer not null default 0,
    temporary_until real,
    is_locked integer not null default 0,
    totp text,
    totp_pending text,
    totp_step integer not null default 0,
    created_at real not null,
    created_by text not null,
    check ((role = 'pemda') = (wilayah is not null)),
    check (provinsi is null or role = 'petugas')
) strict;

create table if not exists session (
    id text primary key,
    token_hash blob not null unique,
    account integer not null references account (id) on delete cascade,
    csrf text not null,
    awaits_code integer not null default 0,
    started_at real not null,
    seen_at real not null,
    ends_at real not null,
    address text not null,
    agent text not null
) strict;

create index if not exists session_of_account on session (account);

create table if not exists attempt (
    key text primary key,
    failures integer not null,
    last_at real not null,
    blocked_until real not null
) strict, without rowid;

create table if not exists familiar (
    account integer not null references account (id) on delete cascade,
    address text not null,
    seen_at real not null,
    primary key (account, address)
) strict, without rowid;

create table if not exists setup (
    token_hash blob primary key,
    ends_at real not null
) strict, without rowid;

create table if not exists audit (
    number integer primary key,
    at text not null,
    action text not null,
    name text,
    role text,
    address text not null,
    detail text not null,
    previous text not null,
    hash text not null
) strict;

create trigger if not exists audit_never_changes before update on audit
begin
    select raise(abort, 'the audit trail is append-only');
end;

create trigger if not exists audit_never_shrinks before delete on audit
begin
    select raise(abort, 'the audit trail is append-only');
end;

-- Also `replace`, which removes rows without asking the trigger above.
create trigger if not exists audit_only_grows before insert on audit
when new.number is not (select coalesce(max(number), 0) + 1 from audit)
begin
    select raise(abort, 'the audit trail is append-only');
end;
