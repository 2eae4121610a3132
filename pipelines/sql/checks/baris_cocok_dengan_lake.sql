-- satu baris per selisih antara baris yang terbaca dan yang tersimpan di lake; nol baris bila cocok
with terbaca as (
    select count(*) as terbaca
    from muat_laporan
),

selisih as (
    select
        terbaca,
        $tersimpan as tersimpan,
    from terbaca
    where terbaca <> $tersimpan
)

select * from selisih
