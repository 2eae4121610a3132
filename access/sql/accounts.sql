-- :by_key
select * from account where name_key = $name_key

-- :by_id
select * from account where id = $id

-- :by_identity
select * from account where identity = $identity

-- :all
select * from account order by name_key

-- :count
select count(*) from account

-- :add
insert into account (
    name, name_key, role, wilayah, provinsi, password, identity, must_change, created_at, created_by
)
values (
    $name, $name_key, $role, $wilayah, $provinsi, $password, $identity, $must_change, $created_at, $created_by
)

-- :other_admins  who could still sign in
select count(*) from account where role = 'admin' and is_locked = 0 and id <> $id

-- :set_locked
update account set is_locked = $is_locked where id = $id

-- :set_role
update account set role = $role, wilayah = $wilayah, provinsi = $provinsi where id = $id

-- :set_password
update account set password = $password, must_change = 0, temporary_until = null where id = $id

-- :set_temporary  the second factor goes too: a lost telephone is the usual reason
update account set
    password = $password, must_change = 1, temporary_until = $until, totp = null, totp_pending = null
where id = $id

-- :renew_hash  only while it is still the one that was verified
update account set password = $renewed where id = $id and password = $password

-- :totp_begin
update account set totp_pending = $secret where id = $id

-- :totp_settle
update account set totp = totp_pending, totp_pending = null, totp_step = $step
where id = $id and totp_pending = $secret

-- :totp_drop
update account set totp = null, totp_pending = null where id = $id

-- :totp_use  each time step serves once, and an earlier one not after a later one
update account set totp_step = $step where id = $id and totp = $secret and totp_step < $step
