-- satu baris per indikator dan wilayah: pembilang dan penyebut yang dirilis, dan tanda samaran bila salah satunya ditahan
with gabung as (
    select
        a.*,
        s.* exclude (kode_wilayah),
    from arus_wilayah($per_tanggal, $sejak) as a
    inner join stok_pada($per_tanggal) as s on s.kode_wilayah = a.kode_wilayah
),

angka as (
    select 'masuk' as indikator, kode_wilayah, is_tercakup, masuk as pembilang, null as penyebut, tanda_masuk as tanda from gabung
    union all
    select 'ditutup', kode_wilayah, is_tercakup, ditutup, null, tanda_ditutup from gabung
    union all
    select 'terbuka', kode_wilayah, is_tercakup, terbuka, null, tanda_terbuka from gabung
    union all
    select 'lewat_tenggat', kode_wilayah, is_tercakup, lewat_tenggat, null, tanda_lewat_tenggat from gabung
    union all
    select 'ditutup_tanpa_tanggal', kode_wilayah, is_tercakup, tanpa_tanggal, null, case when tanpa_tanggal is null then '*' end
    from gabung
    union all
    select
        'persen_selesai',
        kode_wilayah,
        is_tercakup,
        case when kohort_selesai is not null then kohort_selesai end,
        case when kohort_selesai is not null then kohort end,
        case when kohort_selesai is null then '*' end,
    from gabung
    union all
    select
        'rasio_penyelesaian',
        kode_wilayah,
        is_tercakup,
        case when masuk is not null then ditutup end,
        case when ditutup is not null then masuk end,
        case when masuk is null or ditutup is null then '*' end,
    from gabung
    union all
    select
        'tingkat_100k',
        kode_wilayah,
        is_tercakup,
        masuk_setahun,
        case when masuk_setahun is not null then penduduk end,
        case when masuk_setahun is null then '*' end,
    from gabung
    union all
    select d.kode, g.kode_wilayah, g.is_tercakup, null, null, '*'
    from gabung as g
    inner join muat_indikator as d on d.kode in ('peristiwa', 'terbukti', 'akses')
),

ditandai as (
    select
        indikator,
        kode_wilayah,
        cast(case when is_tercakup then pembilang end as bigint) as pembilang,
        cast(case when is_tercakup then penyebut end as bigint) as penyebut,
        case when is_tercakup then tanda end as tanda,
    from angka
)

select * from ditandai
