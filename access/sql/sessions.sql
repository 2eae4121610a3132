-- :start  only for an account that is not locked
insert into session (id, token_hash, account, csrf, awaits_code, started_at, seen_at, ends_at, address, agent)
select $id, $token_hash, account.id, $csrf, $awaits_code, $now, $now, $ends_at, $address, $agent
from account
where account.id = $account and account.is_locked = 0

-- :by_token
select
    session.id as session, session.csrf, session.awaits_code, session.seen_at, session.ends_at,
    account.id as account, account.name, account.role, account.wilayah, account.provinsi, account.must_change,
    account.totp is not null as has_totp
from session
join account on account.id = session.account
where session.token_hash = $key and account.is_locked = 0

-- :by_id
select
    session.id as session, session.csrf, session.awaits_code, session.seen_at, session.ends_at,
    account.id as account, account.name, account.role, account.wilayah, account.provinsi, account.must_change,
    account.totp is not null as has_totp
from session
join account on account.id = session.account
where session.id = $key and account.is_locked = 0

-- :touch
update session set seen_at = $now where id = $session and seen_at < $now

-- :rotate
update session set id = $id, token_hash = $new_hash, csrf = $csrf, seen_at = $now
where token_hash = $token_hash and ends_at > $now and seen_at > $idle_since and awaits_code = 0

-- :settle  the half session becomes a whole one under a new token and new limits
update session set
    id = $id, token_hash = $new_hash, csrf = $csrf, awaits_code = 0, started_at = $now, seen_at = $now, ends_at = $ends_at
where token_hash = $token_hash and ends_at > $now and awaits_code = 1

-- :end
delete from session where token_hash = $token_hash

-- :end_public
delete from session where id = $id and account = $account

-- :end_all
delete from session where account = $account and id is not $but

-- :prune
delete from session where ends_at <= $now or seen_at <= $idle_since

-- :keep_newest  a bound on rows per account
delete from session
where account = $account and id not in (
    select id from session where account = $account order by seen_at desc, started_at desc, id limit $kept
)

-- :listed
select id, started_at, seen_at, address, agent
from session
where account = $account and ends_at > $now and seen_at > $idle_since and awaits_code = 0
order by seen_at desc, id
