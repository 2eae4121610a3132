-- satu baris per tenggat terverifikasi di wilayah sendiri; null bila tidak tercakup
with tenggat as (
    select
        t.kode,
        t.tahap,
        t.penanggung,
        t.jumlah as jumlah_hari,
        t.satuan,
        t.dasar_hukum,
        t.status_verifikasi,
        t.angka_utama,
        t.baris,
        case when w.is_tercakup then j.berjalan end as berjalan,
        case when w.is_tercakup then j.lewat end as lewat,
        case when w.is_tercakup then
            nullif(concat_ws(' ', 'berjalan=' || j.tanda_berjalan, 'lewat=' || j.tanda_lewat), '')
        end as samar,
    from muat_tenggat as t
    inner join wilayah_tercakup($per_tanggal) as w on w.kode_wilayah = $wilayah
    left join jam_rilis as j
        on j.kode_wilayah = w.kode_wilayah and j.kode = t.kode and j.per_tanggal = cast($per_tanggal as date)
    where t.angka_utama = 'ya'
)

select * from tenggat
order by baris
