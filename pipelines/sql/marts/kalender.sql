-- satu baris per tanggal; hari_kerja_ke = hari kerja yang sudah lewat sampai dan termasuk tanggal itu
with tanggal as (
    select * from muat_kalender
),

bernomor as (
    select
        tanggal,
        cast(date_trunc('month', tanggal) as date) as bulan,
        last_day(tanggal) as akhir_bulan,
        cast(date_trunc('quarter', tanggal) as date) as triwulan,
        cast(extract(year from tanggal) as integer) as tahun,
        is_hari_kerja,
        cast(sum(case when is_hari_kerja then 1 else 0 end) over (order by tanggal) as integer) as hari_kerja_ke,
    from tanggal
)

select * from bernomor
