-- satu baris per sinyal yang ditemukan pada data terakhir: yang paling mendesak lebih dulu, lalu yang terbaru
with terpilih as (
    select
        s.* exclude (untuk_pemda, biasanya, hal),
        cast(null as varchar) as keadaan,
    from sinyal as s
    where (cast($wilayah as varchar) is null or s.kode_wilayah = cast($wilayah as varchar))
        and (cast($provinsi as varchar) is null or s.kode_provinsi = cast($provinsi as varchar))
        and (cast($sejak as date) is null or s.sejak >= cast($sejak as date))
)

select * from terpilih
order by urgensi, sejak desc, id
