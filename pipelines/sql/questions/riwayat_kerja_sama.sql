-- satu baris per pernyataan kerja sama satu wilayah, versi lain dari peristiwanya juga; yang tanpa tanggal terakhir
with pernyataan as (
    select * from kerja_sama
    where tanggal is null or tanggal <= $per_tanggal
),

milik_wilayah as (
    select * from pernyataan
    where kode_wilayah = $wilayah
),

-- Versi lain bisa tercatat pada wilayah lain yang sama peristiwanya.
versi_lain as (
    select p.*
    from pernyataan as p
    where p.is_versi and p.kode_wilayah <> $wilayah
        and p.versi_dari in (select id_peristiwa from milik_wilayah where id_peristiwa is not null)
),

gabung as (
    select * from milik_wilayah
    union all
    select * from versi_lain
),

riwayat as (
    select
        g.*,
        exists (
            select 1
            from pernyataan as v
            where v.is_versi and v.id <> g.id and (v.versi_dari = g.id_peristiwa or v.versi_dari = g.id)
        ) or g.is_versi as konflik,
        g.per_tanggal as per_tanggal_sumber,
    from gabung as g
)

select * from riwayat
order by tanggal nulls last, id
