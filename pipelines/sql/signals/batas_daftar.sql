-- satu baris per wilayah bercelah tanpa tahap yang tercatat, bila batas daftar rencananya dekat atau sudah lewat
with ambang as (
    select
        max(case when kode = 'batas_daftar' then nilai end) as bulan_tanggal,
        cast(max(case when kode = 'batas_daftar_dekat' then nilai end) as integer) as dekat,
    from muat_ambang
    where kode in ('batas_daftar', 'batas_daftar_dekat')
),

tanda as (
    select
        t.kode_wilayah,
        t.provinsi,
        t.nama,
        max(case when t.keadaan = 'dalam proses' then 1 else 0 end) = 1 as is_bertahap,
        string_agg(t.tanda, ' dan ' order by t.urutan_tanda) filter (where c.celah = 'ya') as hal,
        min(t.sejak) filter (where c.celah = 'ya') as diketahui,
    from tanda_pada($per_tanggal) as t
    inner join muat_celah as c on c.tanda = t.tanda and c.keadaan = t.keadaan
    where t.tanda in ('payung', 'pelaksanaan')
    group by t.kode_wilayah, t.provinsi, t.nama
),

berbatas as (
    select
        t.*,
        a.dekat,
        cast(
            cast(coalesce(p.target_tahun - 1, extract(year from cast($per_tanggal as date))) as varchar) || '-' || a.bulan_tanggal as date
        ) as batas_daftar,
    from tanda as t
    cross join ambang as a
    left join target_pada($per_tanggal) as p on p.kode_wilayah = t.kode_wilayah
    where t.hal is not null and not t.is_bertahap
),

sinyal as (
    select
        'batas_daftar' as aturan,
        kode_wilayah as pokok,
        cast(batas_daftar as varchar) as periode,
        greatest(batas_daftar - dekat, diketahui) as sejak,
        batas_daftar - cast($per_tanggal as date) as nilai,
        dekat as batas,
        kode_wilayah,
        provinsi as kode_provinsi,
        nama,
        hal,
        batas_daftar as pada,
    from berbatas
    where batas_daftar - cast($per_tanggal as date) <= dekat
)

select * from sinyal
