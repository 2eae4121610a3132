-- satu baris per wilayah: zona yang terakhir dinyatakan sampai tahun per_tanggal
with dinyatakan as (
    select
        kode_wilayah,
        zona,
        row_number() over (partition by kode_wilayah order by tahun desc, sumber_alamat, zona) as ke,
    from penilaian
    where zona is not null and not is_versi and tahun <= extract(year from cast($per_tanggal as date))
),

terakhir as (
    select
        kode_wilayah,
        zona,
    from dinyatakan
    where ke = 1
)

select * from terakhir
