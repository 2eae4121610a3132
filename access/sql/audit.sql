-- :last
select number, hash from audit order by number desc limit 1

-- :add
insert into audit (number, at, action, name, role, address, detail, previous, hash)
values ($number, $at, $action, $name, $role, $address, $detail, $previous, $hash)

-- :hash_of
select hash from audit where number = $number

-- :all
select number, at, action, name, role, address, detail, previous, hash from audit order by number

-- :rows  the newest first
select number, at, action, name, role, address, detail
from audit
where
    ($since is null or at >= $since)
    and ($until is null or at < $until)
    and ($action is null or action = $action)
    and ($name is null or name = $name collate nocase)
order by number desc
limit $limit offset $offset

-- :count
select count(*)
from audit
where
    ($since is null or at >= $since)
    and ($until is null or at < $until)
    and ($action is null or action = $action)
    and ($name is null or name = $name collate nocase)
