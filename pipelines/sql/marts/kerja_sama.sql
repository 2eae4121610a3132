-- satu baris per pernyataan kerja sama (id): tanggal yang dipakai, tanda yang ditunjuk, dan keadaan yang dinyatakan
with pernyataan as (
    select * from stg_kerja_sama
),

instrumen as (
    select * from muat_instrumen
),

tahap as (
    select * from muat_tahap_kerja_sama
),

bertanggal as (
    select
        p.* exclude (tanda, berakhir_terbuka),
        coalesce(i.sifat, p.tanda) as tanda,
        case when i.sifat = 'keadaan' and p.tanda in ('payung', 'pelaksanaan', 'jejaring') then p.tanda else i.tanda_dinyatakan end
            as tanda_dinyatakan,
        t.tanda_jadi as tahap_jadi,
        coalesce(p.berakhir_terbuka = 'ya', false) and p.berakhir is null as is_tanpa_batas,
        p.versi_dari is not null as is_versi,
        coalesce(
            p.tanggal_tanda_tangan,
            p.tanggal_seremoni,
            cast(cast(p.tahun_tanda_tangan as varchar) || '-12-31' as date)
        ) as tanggal_peristiwa,
    from pernyataan as p
    left join instrumen as i on i.istilah = p.instrumen
    left join tahap as t on t.istilah = p.tahap_proses
),

berkeadaan as (
    select
        * exclude (tanggal_peristiwa),
        case when tanda = 'keadaan' then per_tanggal else coalesce(tanggal_peristiwa, per_tanggal) end as tanggal,
        case
            when tanda = 'keadaan' then lower(instrumen)
            when tanda_dinyatakan is null then 'riwayat'
            when tahap_jadi = 'dalam proses' and tanggal_tanda_tangan is null then 'dalam proses'
            when tahap_jadi is not null or tanggal_peristiwa is not null then 'ditandatangani'
            else 'riwayat'
        end as keadaan,
    from bertanggal
)

select * from berkeadaan
