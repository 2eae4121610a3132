-- satu baris per selisih antara baris SP4N-LAPOR! yang terbaca dan yang tersimpan di lake; nol baris bila cocok
with terbaca as (
    select count(*) as terbaca
    from muat_sp4n
),

selisih as (
    select
        terbaca,
        $tersimpan_sp4n as tersimpan,
    from terbaca
    where terbaca <> $tersimpan_sp4n
)

select * from selisih
