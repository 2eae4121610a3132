-- satu baris per pernyataan dan tanda yang ditunjuknya: sejak kapan diketahui, kapan berakhir, digantikan atau dibantah versi lain
with kerja_sama_sah as (
    select * from kerja_sama
    where not is_versi and keadaan in ('ditandatangani', 'dalam proses', 'belum ada')
),

-- Tahap yang dinyatakan lebih dulu untuk id yang sama tetap berlaku sampai pernyataan berikutnya.
proses_terdahulu as (
    select
        m.id,
        m.per_tanggal as tanggal,
    from muat_kerja_sama as m
    inner join muat_tahap_kerja_sama as t on t.istilah = m.tahap_proses
    inner join kerja_sama_sah as k on k.id = m.id
    where t.tanda_jadi = 'dalam proses' and k.keadaan = 'ditandatangani' and m.per_tanggal < k.tanggal
),

penerus as (
    select
        id_pendahulu,
        min(tanggal) as digantikan_sejak,
    from kerja_sama_sah
    where keadaan = 'ditandatangani' and id_pendahulu is not null
    group by id_pendahulu
),

versi_lain as (
    select
        k.id,
        min(v.tanggal) as dibantah_sejak,
    from kerja_sama_sah as k
    inner join kerja_sama as v on v.is_versi and (v.versi_dari = k.id_peristiwa or v.versi_dari = k.id)
    group by k.id
),

semua as (
    select
        k.id,
        k.kode_wilayah,
        trim(unnest(string_split(k.tanda_dinyatakan, '|'))) as tanda,
        k.keadaan,
        case when k.keadaan = 'dalam proses' then coalesce(k.per_tanggal, k.tanggal) else k.tanggal end as tanggal,
        k.berakhir,
        case when k.tahap_jadi = 'berakhir' and k.berakhir is null then k.per_tanggal end as dinyatakan_berakhir,
        k.is_tanpa_batas,
        k.jumlah_dokumen as jumlah_opd,
        p.digantikan_sejak,
        v.dibantah_sejak,
    from kerja_sama_sah as k
    left join penerus as p on p.id_pendahulu = k.id
    left join versi_lain as v on v.id = k.id
    union all
    select
        k.id, k.kode_wilayah, k.tanda, 'dalam proses', t.tanggal, null, null, false, null, null, null,
    from proses_terdahulu as t
    inner join kerja_sama_sah as k on k.id = t.id
)

select * from semua
