-- :find
select failures, last_at, blocked_until from attempt where key = $key

-- :set
insert or replace into attempt (key, failures, last_at, blocked_until)
values ($key, $failures, $last_at, $blocked_until)

-- :forget
delete from attempt where key = $key

-- :prune
delete from attempt where last_at < $before

-- :count
select count(*) from attempt

-- :bound  the least and oldest go first, so that noise does not push out a key under attack
delete from attempt where key in (select key from attempt order by failures, last_at, key limit $surplus)

-- :is_familiar
select 1
from familiar
join account on account.id = familiar.account
where account.name_key = $name_key and familiar.address = $address and familiar.seen_at > $since

-- :know
insert or replace into familiar (account, address, seen_at)
select id, $address, $now from account where name_key = $name_key

-- :keep_newest
delete from familiar
where account in (select id from account where name_key = $name_key) and address not in (
    select familiar.address
    from familiar
    join account on account.id = familiar.account
    where account.name_key = $name_key
    order by familiar.seen_at desc, familiar.address
    limit $kept
)
