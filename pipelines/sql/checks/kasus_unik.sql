-- satu baris per kasus yang muncul lebih dari sekali
with ganda as (
    select
        kasus,
        count(*) as kali,
    from laporan
    group by kasus
    having count(*) > 1 or kasus is null
)

select * from ganda
