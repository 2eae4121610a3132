-- satu baris per kunci register yang muncul lebih dari sekali
with kunci as (
    select 'kerja_sama' as tabel, id as kunci from kerja_sama
    union all
    select 'kegiatan', id from kegiatan
    union all
    select 'produk', nomor from produk
    union all
    select 'sp4n', tracking_id from sp4n
    union all
    select 'wilayah', kode_wilayah from wilayah
),

ganda as (
    select
        tabel,
        kunci,
        count(*) as kali,
    from kunci
    group by tabel, kunci
    having count(*) > 1
)

select * from ganda
