-- satu baris per batch di lake, yang dibatalkan juga (live = false)
with manifes as (
    select * from muat_batch
)

select * from manifes
