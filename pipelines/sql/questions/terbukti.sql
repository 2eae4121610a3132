-- satu baris per wilayah, dan satu untuk wilayah tidak disebut
with wilayah_terpilih as (
    select * from wilayah_dipilih($per_tanggal, null, $provinsi)
),

terbukti as (
    select
        w.kode_wilayah,
        w.nama,
        i.penyebut as lhp,
        i.pembilang as ditemukan,
        100.0 * i.pembilang / nullif(i.penyebut, 0) as persen_terbukti,
    from wilayah_terpilih as w
    inner join ind_terbukti($per_tanggal, $sejak) as i on i.kode_wilayah is not distinct from w.kode_wilayah
)

select * from terbukti
order by kode_wilayah nulls last
