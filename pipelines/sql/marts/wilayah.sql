-- satu baris per wilayah: setiap kabupaten/kota dan setiap pemerintah provinsi
with wilayah_resmi as (
    select * from muat_wilayah
),

provinsi as (
    select
        kode_wilayah as kode_provinsi,
        nama as nama_provinsi,
    from wilayah_resmi
    where kode_wilayah = kode_provinsi
),

bernama as (
    select
        w.kode_wilayah,
        w.jenis || ' ' || w.nama as nama,
        w.nama as nama_pendek,
        w.jenis,
        w.kode_wilayah = w.kode_provinsi as is_provinsi,
        w.kode_provinsi as provinsi,
        p.nama_provinsi,
        w.ibukota,
        w.luas_km2,
        w.penduduk,
        w.penduduk_tahun,
        w.penduduk_sumber,
        w.label_lat,
        w.label_lon,
    from wilayah_resmi as w
    inner join provinsi as p on p.kode_provinsi = w.kode_provinsi
)

select * from bernama
