-- satu baris per tahap dan pita umur (hari kerja); null bila tak ada wilayah terpilih yang tercakup
with terbuka as (
    select
        t.tahap,
        t.urutan_tahap,
        kini.hari_kerja_ke - masuk.hari_kerja_ke as hari_kerja,
    from tahap_terbuka($per_tanggal, $wilayah, $provinsi) as t
    inner join kalender as masuk on masuk.tanggal = t.tanggal_masuk
    inner join kalender as kini on kini.tanggal = $per_tanggal
),

tahap as (
    select
        istilah as tahap,
        urutan as urutan_tahap,
    from muat_tahap
    where urutan is not null
    union all
    select distinct
        tahap,
        cast(null as integer) as urutan_tahap,
    from terbuka
    where urutan_tahap is null
),

jumlah as (
    select
        t.tahap,
        p.urutan_umur,
        count(*) as jumlah,
    from terbuka as t
    inner join pita_umur as p on t.hari_kerja between p.dari and p.sampai
    group by t.tahap, p.urutan_umur
),

-- Nol bila suatu wilayah terpilih tercakup, null bila tidak ada.
tanpa_laporan as (
    select case when bool_or(is_tercakup) then 0 end as jumlah
    from wilayah_dipilih($per_tanggal, $wilayah, $provinsi)
),

kisi as (
    select
        t.tahap,
        t.urutan_tahap,
        p.umur,
        p.urutan_umur,
        coalesce(j.jumlah, n.jumlah) as jumlah,
    from tahap as t
    cross join pita_umur as p
    cross join tanpa_laporan as n
    left join jumlah as j on j.tahap = t.tahap and j.urutan_umur = p.urutan_umur
)

select * from kisi
order by urutan_tahap nulls last, tahap, urutan_umur
