-- satu baris per wilayah, dan satu untuk wilayah tidak disebut
with wilayah_terpilih as (
    select * from wilayah_dipilih($per_tanggal, null, $provinsi)
),

ringkasan as (
    select
        w.kode_wilayah,
        w.nama,
        w.provinsi,
        masuk.pembilang as masuk,
        ditutup.pembilang as ditutup,
        terbuka.pembilang as terbuka,
        lewat.pembilang as lewat_tenggat,
        100.0 * kohort.pembilang / nullif(kohort.penyebut, 0) as persen_selesai,
        kohort.pembilang as kohort_selesai,
        kohort.penyebut as kohort,
        w.penduduk,
        100000.0 * tingkat.pembilang / tingkat.penyebut as tingkat_100k,
        tingkat.pembilang as masuk_setahun,
        peristiwa.pembilang as peristiwa,
    from wilayah_terpilih as w
    inner join ind_masuk($per_tanggal, $sejak) as masuk on masuk.kode_wilayah is not distinct from w.kode_wilayah
    inner join ind_ditutup($per_tanggal, $sejak) as ditutup on ditutup.kode_wilayah is not distinct from w.kode_wilayah
    inner join ind_terbuka($per_tanggal) as terbuka on terbuka.kode_wilayah is not distinct from w.kode_wilayah
    inner join ind_lewat_tenggat($per_tanggal) as lewat on lewat.kode_wilayah is not distinct from w.kode_wilayah
    inner join ind_persen_selesai($per_tanggal, $sejak) as kohort on kohort.kode_wilayah is not distinct from w.kode_wilayah
    inner join ind_tingkat_100k($per_tanggal) as tingkat on tingkat.kode_wilayah is not distinct from w.kode_wilayah
    inner join ind_peristiwa($per_tanggal, $sejak) as peristiwa on peristiwa.kode_wilayah is not distinct from w.kode_wilayah
)

select * from ringkasan
order by kode_wilayah nulls last
