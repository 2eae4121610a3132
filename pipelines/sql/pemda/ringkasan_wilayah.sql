-- satu baris per wilayah; angka kecil disamarkan
with dasar as (
    select
        a.*,
        s.* exclude (kode_wilayah),
        p.pembilang as selesai,
        p.penyebut as kohort_rilis,
        p.tanda as tanda_persen,
        t.pembilang as setahun,
        t.tanda as tanda_tingkat,
    from arus_wilayah($per_tanggal, $sejak) as a
    inner join stok_pada($per_tanggal) as s on s.kode_wilayah = a.kode_wilayah
    inner join angka_wilayah($per_tanggal, $sejak) as p on p.kode_wilayah = a.kode_wilayah and p.indikator = 'persen_selesai'
    inner join angka_wilayah($per_tanggal, $sejak) as t on t.kode_wilayah = a.kode_wilayah and t.indikator = 'tingkat_100k'
    where cast($provinsi as varchar) is null or a.provinsi = cast($provinsi as varchar)
),

ringkasan as (
    select
        kode_wilayah,
        nama,
        provinsi,
        masuk,
        ditutup,
        terbuka,
        lewat_tenggat,
        100.0 * selesai / nullif(kohort_rilis, 0) as persen_selesai,
        selesai as kohort_selesai,
        kohort_rilis as kohort,
        penduduk,
        100000.0 * setahun / penduduk as tingkat_100k,
        setahun as masuk_setahun,
        cast(null as bigint) as peristiwa,
        nullif(concat_ws(
            ' ',
            'masuk=' || tanda_masuk,
            'ditutup=' || tanda_ditutup,
            'terbuka=' || tanda_terbuka,
            'lewat_tenggat=' || tanda_lewat_tenggat,
            'persen_selesai=' || tanda_persen || ' selesai_bawah=' || tanda_persen || ' selesai_atas=' || tanda_persen,
            'tingkat_100k=' || tanda_tingkat || ' tingkat_bawah=' || tanda_tingkat || ' tingkat_atas=' || tanda_tingkat,
            case when is_tercakup then 'peristiwa=*' end
        ), '') as samar,
    from dasar
)

select * from ringkasan
order by kode_wilayah
