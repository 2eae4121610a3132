-- satu baris per laporan SP4N-LAPOR! (tracking_id); bukan laporan Ombudsman dan tidak pernah dijumlahkan dengannya
with wilayah_kode as (
    select
        kode_wilayah,
        provinsi,
    from wilayah
),

laporan_lapor as (
    select
        s.tracking_id,
        s.tanggal_masuk,
        s.klasifikasi_lapor,
        s.kategori,
        coalesce(s.instansi_terlapor, s.instansi_induk) as instansi,
        s.kabupaten_kota as kode_wilayah,
        coalesce(w.provinsi, s.provinsi) as provinsi,
    from stg_sp4n as s
    left join wilayah_kode as w on w.kode_wilayah = s.kabupaten_kota
)

select * from laporan_lapor
