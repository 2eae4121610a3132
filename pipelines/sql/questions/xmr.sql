-- satu baris per lingkup (sendiri, dan provinsi wilayah itu) dan bulan; grain, batas, dan aturannya dihitung sesudahnya
with wilayah_sendiri as (
    select provinsi
    from wilayah
    where kode_wilayah = cast($wilayah as varchar)
),

per_wilayah as (
    select * from arus_bulan_wilayah($per_tanggal, $sejak, null, $provinsi)
    where cast($wilayah as varchar) is null or provinsi in (select provinsi from wilayah_sendiri)
),

berlingkup as (
    select 'sendiri' as lingkup, * from per_wilayah
    where cast($wilayah as varchar) is null or kode_wilayah = cast($wilayah as varchar)
    union all
    select 'provinsi' as lingkup, * from per_wilayah
    where cast($wilayah as varchar) is not null
),

per_bulan as (
    select
        lingkup,
        bulan,
        max(sampai) as sampai,
        coalesce(min(case when is_lengkap then 1 else 0 end) filter (where is_pernah_tercakup) = 1, false) as lengkap,
        sum(masuk) filter (where is_tercakup) as masuk,
        sum(ditutup) filter (where is_tercakup) as ditutup,
        sum(terbuka) filter (where is_tercakup) as terbuka,
    from berlingkup
    group by lingkup, bulan
),

anggota as (
    select distinct
        lingkup,
        kode_wilayah,
    from berlingkup
    where $ukuran = 'median_umur' and is_tercakup
),

-- Yang terbuka pada akhir suatu bulan masuk sebelumnya dan ditutup dalam bulan kemudian: cukup hitungan per hari masuk dan bulan tutup.
terbuka_hingga as (
    select
        a.lingkup,
        l.tanggal_masuk,
        coalesce(cast(date_trunc('month', l.tanggal_tutup) as date), date '9999-12-01') as bulan_tutup,
        count(*) as jumlah,
    from laporan as l
    inner join anggota as a on a.kode_wilayah is not distinct from l.kode_wilayah
    where l.is_laporan
        and not l.is_ditutup_tanpa_tanggal
        and l.tanggal_masuk <= $per_tanggal
        and coalesce(l.tanggal_tutup >= l.tanggal_masuk, true)
    group by
        a.lingkup,
        l.tanggal_masuk,
        coalesce(cast(date_trunc('month', l.tanggal_tutup) as date), date '9999-12-01')
),

umur as (
    select
        b.lingkup,
        b.bulan,
        kini.hari_kerja_ke - masuk.hari_kerja_ke as umur,
        sum(t.jumlah) as jumlah,
    from per_bulan as b
    inner join terbuka_hingga as t
        on b.lengkap and t.lingkup = b.lingkup and t.tanggal_masuk <= b.sampai and t.bulan_tutup > b.bulan
    inner join kalender as masuk on masuk.tanggal = t.tanggal_masuk
    inner join kalender as kini on kini.tanggal = b.sampai
    group by b.lingkup, b.bulan, kini.hari_kerja_ke - masuk.hari_kerja_ke
),

berurut as (
    select
        lingkup,
        bulan,
        umur,
        sum(jumlah) over (partition by lingkup, bulan order by umur) as sampai_umur,
        sum(jumlah) over (partition by lingkup, bulan) as semua,
    from umur
),

-- Median = rata-rata satu atau dua nilai di tengah.
tengah as (
    select
        lingkup,
        bulan,
        (min(umur) filter (where 2 * sampai_umur >= semua) + min(umur) filter (where 2 * sampai_umur > semua)) / 2.0 as median_umur,
    from berurut
    group by lingkup, bulan
),

arus as (
    select
        b.lingkup,
        b.bulan,
        b.lengkap,
        b.masuk,
        b.ditutup,
        b.terbuka,
        t.median_umur,
    from per_bulan as b
    left join tengah as t on t.lingkup = b.lingkup and t.bulan = b.bulan
)

select * from arus
order by lingkup, bulan
