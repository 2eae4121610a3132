-- satu baris per perbandingan sebuah angka terbit: dengan bagiannya, dengan terbitan lain, dengan definisi lain, dengan hitungan kita
with pembanding as (
    select *, cast(null as bigint) as hitungan_kita from banding_jumlah()
    union all
    select *, cast(null as bigint) as hitungan_kita from banding_hasil_bagi()
    union all
    select *, cast(null as bigint) as hitungan_kita from banding_publikasi()
    union all
    select *, cast(null as bigint) as hitungan_kita from banding_masa()
    union all
    select
        h.id as id_terbit,
        cast(null as varchar) as id_pembanding,
        r.aturan,
        cast(null as double) as bagian,
        case when h.selisih = 0 then 'cocok' else 'berbeda dari hitungan kita' end as keadaan,
        r.arti,
        h.hitungan_kita,
    from hitungan_publikasi($per_tanggal) as h
    inner join muat_aturan_rekonsiliasi as r on r.aturan = 'hitungan_kita'
    where h.hitungan_kita is not null
),

berangka_tahun as (
    select
        *,
        cast(extract(year from periode_mulai) as varchar) as tahun_mulai,
        cast(extract(year from periode_akhir) as varchar) as tahun_akhir,
        extract(month from periode_mulai) = 1 and extract(day from periode_mulai) = 1
        and extract(month from periode_akhir) = 12 and extract(day from periode_akhir) = 31 as is_tahun_penuh,
    from angka_publikasi_bersumber
),

bermasa as (
    select
        *,
        case
            when periode_akhir is null then tahun_mulai || ', akhir tidak disebut'
            when is_tahun_penuh and tahun_mulai = tahun_akhir then tahun_mulai
            when is_tahun_penuh then tahun_mulai || ' sampai ' || tahun_akhir
            else cast(periode_mulai as varchar) || ' sampai ' || cast(periode_akhir as varchar)
        end as periode,
    from berangka_tahun
),

banding as (
    select
        t.indikator,
        t.periode,
        t.nilai as terbit,
        p.bagian,
        p.hitungan_kita,
        coalesce(p.bagian, p.hitungan_kita) - t.nilai as selisih,
        p.aturan,
        p.keadaan,
        t.kode_wilayah,
        t.rincian,
        t.satuan,
        b.indikator as indikator_pembanding,
        b.rincian as rincian_pembanding,
        b.periode as periode_pembanding,
        p.arti as penjelasan,
        t.id as id_terbit,
        p.id_pembanding,
        t.sumber_alamat,
        b.sumber_alamat as alamat_pembanding,
        t.periode_mulai,
        case p.keadaan
            when 'bertentangan' then 1
            when 'masa bertentangan' then 2
            when 'batas data berbeda' then 3
            when 'definisi berbeda' then 4
            when 'beda pembulatan' then 5
            when 'berbeda dari hitungan kita' then 6
            when 'bagian tidak lengkap' then 7
            else 8
        end as urutan,
    from pembanding as p
    inner join bermasa as t on t.id = p.id_terbit
    left join bermasa as b on b.id = p.id_pembanding
    left join wilayah as w on w.kode_wilayah = t.kode_wilayah
    where cast($provinsi as varchar) is null or w.provinsi = cast($provinsi as varchar)
)

select * from banding
order by urutan, kode_wilayah, periode_mulai, indikator, aturan, id_terbit, id_pembanding
