-- satu baris per ekspor SP4N-LAPOR! yang berlaku dan tempat yang muncul di dalamnya: masa yang diliputnya di tempat itu
with batch_sp4n as (
    select
        urutan_batch,
        batch,
        sejak,
        per_tanggal,
        contoh,
    from muat_batch
    where kind = 'sp4n' and live and sejak is not null
),

-- Ekspor satu pemerintah daerah tidak berbicara tentang tetangganya: yang diliput hanya tempat yang muncul.
tempat as (
    select distinct
        m.urutan_batch,
        l.kode_wilayah,
        l.provinsi,
    from muat_sp4n as m
    inner join sp4n as l on l.tracking_id = m.tracking_id
),

masa as (
    select
        b.batch,
        t.kode_wilayah,
        t.provinsi,
        b.sejak,
        b.per_tanggal as sampai,
        b.contoh,
    from batch_sp4n as b
    inner join tempat as t on t.urutan_batch = b.urutan_batch
)

select * from masa
