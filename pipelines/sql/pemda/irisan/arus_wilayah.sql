-- satu baris per wilayah: masuk dan ditutup sesudah dari sampai per_tanggal yang dirilis, dan tanda samarannya
with arus as (
    select
        w.kode_wilayah,
        w.nama,
        w.provinsi,
        w.penduduk,
        w.is_tercakup,
        b.masuk - a.masuk as masuk,
        b.ditutup - a.ditutup as ditutup,
        case when w.is_tercakup and (a.masuk is null or b.masuk is null) then coalesce(k.tanda, '*') end as tanda_masuk,
        case when w.is_tercakup and (a.ditutup is null or b.ditutup is null) then '*' end as tanda_ditutup,
        b.masuk - s.masuk as masuk_setahun,
        case when j.dari = j.awal then b.masuk end as kohort,
        case when j.dari = j.awal then b.kohort_selesai end as kohort_selesai,
        b.tanpa_tanggal,
    from wilayah_tercakup($per_tanggal) as w
    cross join jendela($per_tanggal, $sejak) as j
    left join titik as a on a.kode_wilayah = w.kode_wilayah and a.per_tanggal = j.dari
    left join titik as b
        on b.kode_wilayah = w.kode_wilayah and b.per_tanggal = cast($per_tanggal as date) and w.is_tercakup
    left join titik as s on s.kode_wilayah = w.kode_wilayah and s.per_tanggal = j.setahun_lalu
    left join jendela_kecil as k
        on k.kode_wilayah = w.kode_wilayah and k.dari = j.dari and k.per_tanggal = cast($per_tanggal as date)
    where w.kode_wilayah is not null
)

select * from arus
