-- satu baris per jumlah yang terbit, aturan, dan bacaannya: di sampingnya jumlah bagian yang terbit untuk masa yang sama
with angka as (
    select *
    from angka_publikasi_bersumber
    where nilai is not null and periode_mulai is not null
),

-- Sebutan kedua untuk bagian yang sama tidak ikut dijumlahkan; versi dijumlahkan tersendiri.
bagian_sekali as (
    select *
    from angka
    qualify row_number() over (
        partition by kode_wilayah, indikator, rincian, periode_mulai, periode_akhir, is_versi order by id
    ) = 1
),

aturan as (
    select
        *,
        coalesce(rincian = '*', false) as is_rincian,
        case when rincian = '*' then bagian else aturan end as kelompok,
        count(*) filter (where wajib = 'ya') over (partition by aturan, bacaan, terbit) as wajib_semua,
    from muat_aturan_rekonsiliasi
    where bagian is not null and penyebut is null and aturan <> 'definisi'
),

dijumlahkan as (
    select
        t.id as id_terbit,
        t.nilai,
        t.kode_wilayah,
        t.periode_mulai,
        t.periode_akhir,
        r.aturan,
        r.bacaan,
        r.kelompok,
        b.is_versi,
        min(r.arti) as arti,
        sum(b.nilai) as bagian,
        string_agg(b.id, ' | ' order by b.id) as id_pembanding,
        bool_or(r.is_rincian and b.satuan <> t.satuan) as is_satuan_lain,
        max(r.wajib_semua) > 0 and count(*) filter (where r.wajib = 'ya') = max(r.wajib_semua) as is_lengkap,
        sum(b.nilai) = t.nilai as is_cocok,
    from angka as t
    inner join aturan as r on r.terbit = t.indikator
    inner join bagian_sekali as b
        on b.indikator = r.bagian
        and b.kode_wilayah = t.kode_wilayah
        and b.periode_mulai = t.periode_mulai
        and b.periode_akhir is not distinct from t.periode_akhir
        and (b.rincian is not null) = r.is_rincian
        and (r.satuan is null or r.satuan = b.satuan)
    where t.rincian is null
    group by
        t.id, t.nilai, t.kode_wilayah, t.periode_mulai, t.periode_akhir, r.aturan, r.bacaan, r.kelompok, b.is_versi
    having count(*) > 1
),

-- Bacaan berikutnya hanya bila bacaan sebelumnya tidak cocok dan bagiannya bukan yang itu juga.
dibaca as (
    select
        *,
        min(case when is_cocok then bacaan end) over (
            partition by kode_wilayah, periode_mulai, periode_akhir, aturan, kelompok, is_versi
        ) as cocok_pada,
        row_number() over (partition by id_terbit, aturan, kelompok, id_pembanding order by bacaan) as ke,
    from dijumlahkan
),

banding as (
    select
        id_terbit,
        id_pembanding,
        aturan,
        bagian,
        case
            when is_cocok then 'cocok'
            when bagian > nilai and is_satuan_lain then 'definisi berbeda'
            when bagian > nilai or is_lengkap then 'bertentangan'
            else 'bagian tidak lengkap'
        end as keadaan,
        arti,
    from dibaca
    where ke = 1 and (cocok_pada is null or bacaan <= cocok_pada)
)

select * from banding
