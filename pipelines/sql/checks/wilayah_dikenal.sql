-- satu baris per kode wilayah yang dipakai tetapi tidak ada di daftar wilayah
with dipakai as (
    select 'laporan' as tabel, kode_wilayah from laporan group by kode_wilayah
    union all
    select 'wilayah_pelapor', wilayah_pelapor from laporan group by wilayah_pelapor
    union all
    select distinct 'cakupan', kode_provinsi from cakupan
    union all
    select distinct 'kerja_sama', kode_wilayah from kerja_sama
    union all
    select distinct 'kegiatan', kode_wilayah from kegiatan
    union all
    select distinct 'penilaian', kode_wilayah from penilaian
    union all
    select distinct 'narahubung', kode_wilayah from narahubung
    union all
    select distinct 'produk', kode_wilayah from stg_produk
    union all
    select distinct 'sp4n', kode_wilayah from sp4n
    union all
    select distinct 'sp4n', provinsi from sp4n
),

tak_dikenal as (
    select
        d.tabel,
        d.kode_wilayah,
    from dipakai as d
    left join wilayah as w on w.kode_wilayah = d.kode_wilayah
    where d.kode_wilayah is not null and w.kode_wilayah is null
)

select * from tak_dikenal
