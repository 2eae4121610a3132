-- satu baris per alasan penutupan laporan yang ditutup dari sejak sampai per_tanggal
with ditutup as (
    select * from laporan_dipilih($per_tanggal, $sejak, $wilayah, $provinsi)
    where is_ditutup
),

jumlah as (
    select
        alasan_tutup,
        count(*) as jumlah,
    from ditutup
    group by alasan_tutup
),

berhasil as (
    select
        case
            when j.alasan_tutup is null then 'tidak disebut'
            else coalesce(a.hasil, 'belum dikelompokkan')
        end as hasil,
        coalesce(j.alasan_tutup, 'tidak disebut') as alasan_tutup,
        j.alasan_tutup is null as is_tidak_disebut,
        j.jumlah,
        sum(j.jumlah) over () as penyebut,
    from jumlah as j
    left join muat_alasan_tutup as a on a.istilah = j.alasan_tutup
)

select * from berhasil
order by is_tidak_disebut, jumlah desc, alasan_tutup
