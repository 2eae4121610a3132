-- satu baris per ukuran: hitungannya pada rentang sebelumnya dan rentang ini, tanpa persen; null bila tidak tercakup
with laporan_dua_rentang as (
    select
        sum(masuk_lalu.pembilang) as masuk_lalu,
        sum(masuk_kini.pembilang) as masuk_kini,
        sum(ditutup_lalu.pembilang) as ditutup_lalu,
        sum(ditutup_kini.pembilang) as ditutup_kini,
        sum(terbuka_lalu.pembilang) as terbuka_lalu,
        sum(terbuka_kini.pembilang) as terbuka_kini,
        sum(lewat_lalu.pembilang) as lewat_lalu,
        sum(lewat_kini.pembilang) as lewat_kini,
    from wilayah_dipilih($per_tanggal, null, $provinsi) as w
    inner join ind_masuk($per_tanggal_sebelum, $sejak_sebelum) as masuk_lalu
        on masuk_lalu.kode_wilayah is not distinct from w.kode_wilayah
    inner join ind_masuk($per_tanggal, $sejak) as masuk_kini
        on masuk_kini.kode_wilayah is not distinct from w.kode_wilayah
    inner join ind_ditutup($per_tanggal_sebelum, $sejak_sebelum) as ditutup_lalu
        on ditutup_lalu.kode_wilayah is not distinct from w.kode_wilayah
    inner join ind_ditutup($per_tanggal, $sejak) as ditutup_kini
        on ditutup_kini.kode_wilayah is not distinct from w.kode_wilayah
    inner join ind_terbuka($per_tanggal_sebelum) as terbuka_lalu
        on terbuka_lalu.kode_wilayah is not distinct from w.kode_wilayah
    inner join ind_terbuka($per_tanggal) as terbuka_kini
        on terbuka_kini.kode_wilayah is not distinct from w.kode_wilayah
    inner join ind_lewat_tenggat($per_tanggal_sebelum) as lewat_lalu
        on lewat_lalu.kode_wilayah is not distinct from w.kode_wilayah
    inner join ind_lewat_tenggat($per_tanggal) as lewat_kini
        on lewat_kini.kode_wilayah is not distinct from w.kode_wilayah
    -- Hanya wilayah yang tercakup pada kedua rentang: lainnya akan tampak naik atau turun karena datanya.
    inner join wilayah_tercakup(
        least(last_day(coalesce(cast($sejak_sebelum as date), $per_tanggal_sebelum)), $per_tanggal_sebelum)
    ) as awal
        on awal.kunci = w.kunci and awal.is_tercakup
    where masuk_lalu.pembilang is not null and masuk_kini.pembilang is not null
),

tanda as (
    select
        0 as kini,
        *
    from tanda_pada($per_tanggal_sebelum)
    union all
    select
        1 as kini,
        *
    from tanda_pada($per_tanggal)
),

tanda_per_wilayah as (
    select
        t.kini,
        t.kode_wilayah,
        max(case when t.tanda = 'payung' and t.is_ditandatangani and t.keadaan <> 'berakhir' then 1 else 0 end) as payung,
        max(case when t.tanda = 'jejaring' and t.keadaan = 'ada' then 1 else 0 end) as jejaring,
        max(case when c.celah = 'ya' then 1 else 0 end) as celah,
    from tanda as t
    inner join wilayah as w on w.kode_wilayah = t.kode_wilayah
    left join muat_celah as c on c.tanda = t.tanda and c.keadaan = t.keadaan
    where cast($provinsi as varchar) is null or w.provinsi = cast($provinsi as varchar)
    group by t.kini, t.kode_wilayah
),

tanda_dua_rentang as (
    select
        sum(payung) filter (where kini = 0) as payung_lalu,
        sum(payung) filter (where kini = 1) as payung_kini,
        sum(jejaring) filter (where kini = 0) as jejaring_lalu,
        sum(jejaring) filter (where kini = 1) as jejaring_kini,
        sum(celah) filter (where kini = 0) as celah_lalu,
        sum(celah) filter (where kini = 1) as celah_kini,
    from tanda_per_wilayah
),

berbaris as (
    select 1 as urutan, 'Laporan masuk' as ukuran, masuk_lalu as sebelumnya, masuk_kini as sekarang from laporan_dua_rentang
    union all
    select 2, 'Laporan ditutup', ditutup_lalu, ditutup_kini from laporan_dua_rentang
    union all
    select 3, 'Terbuka pada akhir rentang', terbuka_lalu, terbuka_kini from laporan_dua_rentang
    union all
    select 4, 'Lewat tenggat pada akhir rentang', lewat_lalu, lewat_kini from laporan_dua_rentang
    union all
    select 5, 'Wilayah berpayung', payung_lalu, payung_kini from tanda_dua_rentang
    union all
    select 6, 'Wilayah berjejaring', jejaring_lalu, jejaring_kini from tanda_dua_rentang
    union all
    select 7, 'Wilayah dengan celah dinyatakan', celah_lalu, celah_kini from tanda_dua_rentang
),

perubahan as (
    select
        urutan,
        ukuran,
        cast(sebelumnya as bigint) as sebelumnya,
        cast(sekarang as bigint) as sekarang,
        cast(sekarang - sebelumnya as bigint) as selisih,
    from berbaris
)

select * from perubahan
order by urutan
