-- satu baris per kelompok rincian dan wilayah pemilik akun: masuk, ditutup dan terbuka yang dirilis, dan tandanya
with arus as (
    select
        k.dimensi,
        k.kelompok,
        k.is_tidak_disebut,
        w.kode_wilayah,
        case when w.is_tercakup then b.masuk - a.masuk end as masuk,
        case when w.is_tercakup then b.ditutup - a.ditutup end as ditutup,
        case when a.masuk is null or b.masuk is null then coalesce(l.tanda, '*') end as tanda_masuk,
        case when a.ditutup is null or b.ditutup is null then '*' end as tanda_ditutup,
        case when w.is_tercakup then s.jumlah end as terbuka,
        s.tanda as tanda_terbuka,
    from kelompok_rincian as k
    inner join wilayah_tercakup($per_tanggal) as w on w.kode_wilayah = k.kode_wilayah and w.is_tercakup
    cross join jendela($per_tanggal, $sejak) as j
    left join titik_rincian as a on a.nomor = k.nomor and a.per_tanggal = j.dari
    left join titik_rincian as b on b.nomor = k.nomor and b.per_tanggal = cast($per_tanggal as date)
    left join jendela_kecil_rincian as l
        on l.nomor = k.nomor and l.dari = j.dari and l.per_tanggal = cast($per_tanggal as date)
    left join stok_rincian as s on s.nomor = k.nomor and s.per_tanggal = cast($per_tanggal as date)
),

bagian as (
    select
        r.*,
        w.masuk as penyebut,
        100.0 * r.masuk / nullif(w.masuk, 0) as persen,
        nullif(concat_ws(
            ' ',
            'masuk=' || r.tanda_masuk,
            'ditutup=' || r.tanda_ditutup,
            'terbuka=' || r.tanda_terbuka,
            'penyebut=' || w.tanda_masuk,
            case when r.masuk is null then 'persen=*' end
        ), '') as samar,
    from arus as r
    inner join arus_wilayah($per_tanggal, $sejak) as w on w.kode_wilayah = r.kode_wilayah
    where r.masuk is null or r.ditutup is null or r.terbuka is null or r.masuk > 0 or r.ditutup > 0 or r.terbuka > 0
)

select * from bagian
