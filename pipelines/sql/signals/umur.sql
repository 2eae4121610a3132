-- satu baris per wilayah, tahun registrasi, dan lama hari: laporan yang ditutup sesudah sekian hari, dan yang masih terbuka selama itu
with acuan as (
    select
        l.kode_wilayah,
        l.provinsi as kode_provinsi,
        l.nama,
        max(c.sampai) as pada,
    from lingkup as l
    inner join cakupan_lingkup as c on c.kunci = l.kunci
    where l.kode_wilayah is not null
    group by l.kode_wilayah, l.provinsi, l.nama
),

laporan_terhitung as (
    select
        a.*,
        l.kasus,
        cast(extract(year from l.tanggal_masuk) as integer) as tahun,
        coalesce(l.tanggal_tutup <= a.pada, false) as is_ditutup,
        case when l.tanggal_tutup <= a.pada then l.tanggal_tutup else a.pada end - l.tanggal_masuk as hari,
    from laporan as l
    inner join acuan as a on a.kode_wilayah = l.kode_wilayah
    where l.is_laporan
        and not l.is_ditutup_tanpa_tanggal
        and l.tanggal_masuk <= a.pada
        and coalesce(l.tanggal_tutup >= l.tanggal_masuk, true)
),

dijumlah as (
    select
        kode_wilayah,
        kode_provinsi,
        nama,
        pada,
        tahun,
        hari,
        sum(case when is_ditutup then 1 else 0 end) as ditutup,
        sum(case when is_ditutup then 0 else 1 end) as terbuka,
        min(case when not is_ditutup then kasus end) as kasus,
    from laporan_terhitung
    group by kode_wilayah, kode_provinsi, nama, pada, tahun, hari
)

select * from dijumlah
order by kode_wilayah, tahun, hari
