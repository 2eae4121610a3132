-- satu baris per pernyataan kerja sama (id): tanggal yang dipakai, tanda yang ditunjuk, dan keadaan yang dinyatakan
with instrumen as (
    select * from muat_instrumen
),

tahap as (
    select * from muat_tahap_kerja_sama
),

-- Komitmen yang hanya ada di daftar narahubung tetap sebuah pernyataan.
komitmen_narahubung as (
    select
        'NH-' || n.kode_wilayah || '-' || cast(n.tanggal_komitmen as varchar) as id,
        n.kode_wilayah,
        min(i.istilah) as instrumen,
        n.tanggal_komitmen as tanggal_tanda_tangan,
        n.tanggal_komitmen as per_tanggal,
        min(n.sumber_alamat) as sumber_alamat,
        min(n.catatan) as catatan,
    from stg_narahubung as n
    inner join instrumen as i on i.sifat = 'jejaring'
    left join stg_kerja_sama as k
        on k.kode_wilayah = n.kode_wilayah and k.instrumen = i.istilah
        and coalesce(k.tanggal_tanda_tangan, k.tanggal_seremoni) = n.tanggal_komitmen
    where n.tanggal_komitmen is not null and k.id is null
    group by n.kode_wilayah, n.tanggal_komitmen
),

pernyataan as (
    select * from stg_kerja_sama
    union all by name
    select * from komitmen_narahubung
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
        case
            when tanda = 'keadaan' then coalesce(per_tanggal, tanggal_peristiwa)
            else coalesce(tanggal_peristiwa, per_tanggal)
        end as tanggal,
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
