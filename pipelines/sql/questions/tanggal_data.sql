-- satu baris per keadaan data: sampai kapan bicara, dan apakah ada data contoh (selalu satu)
with batch_laporan as (
    select * from batch
    where kind = 'laporan' and live
),

register as (
    select max(tanggal) as per_tanggal from (
        select max(per_tanggal) as tanggal from kerja_sama
        union all
        select max(tanggal) as tanggal from kegiatan
        union all
        select max(per_tanggal) as tanggal from status_produk
    ) as tanggal_register
),

ringkas as (
    select
        -- Daftar sebagian (tanpa sejak) tidak meliput apa pun: pada tanggalnya semua angka laporan kosong.
        coalesce(
            max(b.per_tanggal) filter (where b.sejak is not null and b.cakupan <> ''),
            max(b.per_tanggal),
            max(r.per_tanggal)
        ) as per_tanggal_terakhir,
        min(b.sejak) as sejak,
        coalesce(bool_or(b.contoh), false) as contoh,
        count(b.batch) as jumlah_batch,
    from register as r
    left join batch_laporan as b on true
)

select * from ringkas
