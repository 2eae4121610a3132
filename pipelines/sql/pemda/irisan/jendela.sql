-- satu baris per masa yang ditanyakan (selalu satu): akhir triwulan sebelum sejak, atau awal semua data
with awal as (
    select min(per_tanggal) as awal
    from triwulan
),

jendela as (
    select
        awal,
        greatest(coalesce(cast($sejak as date) - 1, awal), awal) as dari,
        greatest(cast(cast($per_tanggal as date) - interval 12 month as date), awal) as setahun_lalu,
    from awal
)

select * from jendela
