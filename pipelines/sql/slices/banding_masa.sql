-- satu baris per angka terbit untuk masa panjang dan pembandingnya: jumlah tahun-tahun di dalamnya, atau bagian masa yang melebihinya
with angka as (
    select
        *,
        satuan not in ('persen', 'rasio', 'nilai', 'orang') as is_jumlah,
        extract(year from periode_mulai) as tahun_mulai,
        extract(year from periode_akhir) as tahun_akhir,
    from angka_publikasi_bersumber
    where nilai is not null and periode_mulai is not null and periode_akhir is not null and not is_versi
),

di_dalam as (
    select
        a.id as id_terbit,
        b.id as id_pembanding,
        a.nilai,
        b.nilai as bagian,
        a.is_jumlah,
        a.satuan,
        a.tahun_mulai < a.tahun_akhir
        and b.tahun_mulai = b.tahun_akhir
        and extract(month from b.periode_mulai) = 1 and extract(day from b.periode_mulai) = 1
        and extract(month from b.periode_akhir) = 12 and extract(day from b.periode_akhir) = 31 as is_tahun_penuh,
    from angka as a
    inner join angka as b
        on b.kode_wilayah = a.kode_wilayah
        and b.indikator = a.indikator
        and b.rincian is not distinct from a.rincian
        and b.satuan = a.satuan
        and b.periode_mulai >= a.periode_mulai
        and b.periode_akhir <= a.periode_akhir
        and (b.periode_mulai > a.periode_mulai or b.periode_akhir < a.periode_akhir)
),

jumlah_tahun as (
    select
        id_terbit,
        string_agg(id_pembanding, ' | ' order by id_pembanding) as id_pembanding,
        'jumlah_masa' as aturan,
        sum(bagian) as bagian,
        case
            when sum(bagian) = max(nilai) then 'cocok'
            when sum(bagian) > max(nilai) then 'bertentangan'
            else 'bagian tidak lengkap'
        end as keadaan,
    from di_dalam
    where is_jumlah and is_tahun_penuh
    group by id_terbit
    having count(*) > 1
),

melebihi as (
    select
        id_terbit,
        id_pembanding,
        'masa_di_dalam_masa' as aturan,
        bagian,
        'bertentangan' as keadaan,
    from di_dalam
    where (is_jumlah and bagian > nilai) or (satuan = 'persen' and nilai = 100 and bagian < 100)
),

banding as (
    select
        d.id_terbit,
        d.id_pembanding,
        d.aturan,
        d.bagian,
        d.keadaan,
        r.arti,
    from (select * from jumlah_tahun union all select * from melebihi) as d
    inner join muat_aturan_rekonsiliasi as r on r.aturan = d.aturan
)

select * from banding
