-- :forget
delete from setup

-- :offer
insert into setup (token_hash, ends_at) values ($token_hash, $ends_at)

-- :is_valid
select 1 from setup where token_hash = $token_hash and ends_at > $now
