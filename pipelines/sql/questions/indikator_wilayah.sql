-- satu baris per wilayah, dan satu untuk wilayah tidak disebut; tabel indikator_terpilih adalah hasil berkas indikatornya
with wilayah_terpilih as (
    select * from wilayah_tercakup($per_tanggal)
),

indikator as (
    select * from muat_indikator
    where kode = $indikator
),

dinilai as (
    select
        w.kode_wilayah,
        w.nama,
        w.provinsi,
        i.pembilang,
        i.penyebut,
        d.jenis_batas,
        d.pengali,
        case
            when d.pengali is null then cast(i.pembilang as double)
            else cast(i.pembilang as double) * d.pengali / nullif(i.penyebut, 0)
        end as nilai,
        case
            when i.pembilang is null then 'tidak ada data'
            when d.pengali is not null and coalesce(i.penyebut, 0) = 0 then 'tidak berlaku'
            when i.pembilang = 0 then 'nol'
            else 'ada'
        end as status,
    from wilayah_terpilih as w
    cross join indikator as d
    inner join indikator_terpilih as i on i.kode_wilayah is not distinct from w.kode_wilayah
)

select * from dinilai
order by kode_wilayah nulls last
