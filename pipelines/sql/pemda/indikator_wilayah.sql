-- satu baris per wilayah; status disamarkan bila angkanya ditahan
with indikator as (
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
            when i.tanda is not null then 'disamarkan'
            when i.pembilang is null then 'tidak ada data'
            when d.pengali is not null and coalesce(i.penyebut, 0) = 0 then 'tidak berlaku'
            when i.pembilang = 0 then 'nol'
            else 'ada'
        end as status,
        nullif(concat_ws(
            ' ',
            'pembilang=' || i.tanda,
            case when d.pengali is not null then 'penyebut=' || i.tanda end,
            'nilai=' || i.tanda,
            case when d.jenis_batas is not null then 'bawah=' || i.tanda || ' atas=' || i.tanda end
        ), '') as samar,
    from wilayah_tercakup($per_tanggal) as w
    cross join indikator as d
    inner join angka_wilayah($per_tanggal, $sejak) as i on i.kode_wilayah = w.kode_wilayah and i.indikator = d.kode
)

select * from dinilai
order by kode_wilayah
