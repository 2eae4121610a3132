-- satu baris per wilayah dan tanda yang berlaku dan akan berakhir: tingkat peringatan terdekat yang sudah tercapai
with tingkat as (
    select cast(trim(hari) as integer) as hari
    from (select unnest(string_split(nilai, '|')) as hari from muat_ambang where kode = 'segera_berakhir') as nilai_ambang
),

berlaku as (
    select
        *,
        berakhir - cast($per_tanggal as date) as sisa,
    from tanda_pada($per_tanggal)
    where is_berlaku and berakhir is not null
),

terdekat as (
    select
        b.kode_wilayah,
        b.provinsi,
        b.nama,
        b.tanda,
        b.berakhir,
        b.sisa,
        min(t.hari) as hari,
        min(t.hari) = (select min(hari) from tingkat) as is_terakhir,
    from berlaku as b
    inner join tingkat as t on b.sisa <= t.hari
    group by b.kode_wilayah, b.provinsi, b.nama, b.tanda, b.berakhir, b.sisa
),

sinyal as (
    select
        'kerja_sama_berakhir' as aturan,
        kode_wilayah || ':' || tanda as pokok,
        cast(berakhir as varchar) || '/' || hari as periode,
        berakhir - hari as sejak,
        sisa as nilai,
        hari as batas,
        kode_wilayah,
        provinsi as kode_provinsi,
        nama,
        tanda as hal,
        berakhir as pada,
        case when is_terakhir then 1 end as urgensi,
    from terdekat
)

select * from sinyal
