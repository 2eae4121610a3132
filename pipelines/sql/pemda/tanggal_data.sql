-- satu baris per keadaan data: akhir triwulan terakhir yang dirilis (selalu satu)
with ringkas as (
    select
        *,
        cast(null as varchar) as samar,
    from tanggal_rilis
)

select * from ringkas
