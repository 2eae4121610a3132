-- satu baris per akhir triwulan di wilayah sendiri, dari sejak (atau awal cakupan) sampai per_tanggal
with batas as (
    select coalesce(cast($sejak as date), min(sejak)) as dari
    from cakupan
),

tercakup as (
    select distinct
        t.per_tanggal,
        w.kode_wilayah,
        c.kunci is not null as is_tercakup,
        date_trunc('quarter', t.per_tanggal) - interval 1 day as akhir_lalu,
    from triwulan as t
    cross join batas as b
    inner join wilayah as w on w.kode_wilayah = $wilayah
    left join cakupan_lingkup as c on c.kunci = w.kode_wilayah and t.per_tanggal between c.sejak and c.sampai
    where t.per_tanggal <= $per_tanggal and t.per_tanggal >= b.dari
),

arus as (
    select
        t.per_tanggal as triwulan,
        t.is_tercakup,
        case when t.is_tercakup then b.masuk - a.masuk end as masuk,
        case when t.is_tercakup then b.ditutup - a.ditutup end as ditutup,
        case when t.is_tercakup and (a.masuk is null or b.masuk is null) then coalesce(k.tanda, '*') end as tanda_masuk,
        case when t.is_tercakup and (a.ditutup is null or b.ditutup is null) then '*' end as tanda_ditutup,
        case when t.is_tercakup then s.jumlah end as terbuka,
        case when t.is_tercakup then s.tanda end as tanda_terbuka,
    from tercakup as t
    left join titik as a on a.kode_wilayah = t.kode_wilayah and a.per_tanggal = cast(t.akhir_lalu as date)
    left join titik as b on b.kode_wilayah = t.kode_wilayah and b.per_tanggal = t.per_tanggal
    left join jendela_kecil as k
        on k.kode_wilayah = t.kode_wilayah and k.dari = cast(t.akhir_lalu as date) and k.per_tanggal = t.per_tanggal
    left join stok as s
        on s.kode_wilayah = t.kode_wilayah and s.ukuran = 'terbuka' and s.per_tanggal = t.per_tanggal
),

ditandai as (
    select
        triwulan,
        masuk,
        ditutup,
        terbuka,
        cast(ditutup as double) / nullif(masuk, 0) as rasio_penyelesaian,
        is_tercakup as lengkap,
        nullif(concat_ws(
            ' ',
            'masuk=' || tanda_masuk,
            'ditutup=' || tanda_ditutup,
            'terbuka=' || tanda_terbuka,
            case when tanda_masuk is not null or tanda_ditutup is not null then 'rasio_penyelesaian=*' end
        ), '') as samar,
    from arus
)

select * from ditandai
order by triwulan
