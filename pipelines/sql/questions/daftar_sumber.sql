-- satu baris per sumber yang dikutip register dan daftar istilah
with sumber as (
    select
        id,
        keterangan,
        alamat as sumber_alamat,
        baris,
    from muat_sumber
)

select * from sumber
order by baris
