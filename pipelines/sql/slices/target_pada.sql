-- satu baris per wilayah: tahun target dari pernyataan terakhir yang menyebutnya, selama belum ada tanda tangan sesudahnya
with bertarget as (
    select
        kode_wilayah,
        target_tahun,
        tanggal,
        row_number() over (partition by kode_wilayah order by tanggal desc, id desc) as ke,
    from kerja_sama
    where target_tahun is not null and not is_versi and tanggal <= $per_tanggal
),

ditandatangani as (
    select
        kode_wilayah,
        max(tanggal) as tanggal,
    from kerja_sama
    where keadaan = 'ditandatangani' and not is_versi and tanda in ('payung', 'pelaksanaan') and tanggal <= $per_tanggal
    group by kode_wilayah
),

target as (
    select
        b.kode_wilayah,
        b.target_tahun,
    from bertarget as b
    left join ditandatangani as d on d.kode_wilayah = b.kode_wilayah
    where b.ke = 1 and (d.tanggal is null or d.tanggal <= b.tanggal)
)

select * from target
