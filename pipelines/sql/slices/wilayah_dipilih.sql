-- satu baris per wilayah yang dipilih (satu wilayah, satu provinsi, atau semuanya dan wilayah tidak disebut)
with semua as (
    select * from wilayah_tercakup($per_tanggal)
),

dipilih as (
    select * from semua
    where (cast($wilayah as varchar) is null or kode_wilayah = cast($wilayah as varchar))
        and (cast($provinsi as varchar) is null or provinsi = cast($provinsi as varchar))
)

select * from dipilih
