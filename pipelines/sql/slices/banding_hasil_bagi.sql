-- satu baris per persen atau rasio yang terbit dan bacaannya: di sampingnya hasil bagi angka-angka terbit untuk masa yang sama
with angka as (
    select *
    from angka_publikasi_bersumber
    where nilai is not null and periode_mulai is not null
),

dibagi as (
    select
        t.id as id_terbit,
        t.nilai,
        r.aturan,
        r.bacaan,
        r.arti,
        b.id || ' | ' || p.id as id_pembanding,
        r.pengali * b.nilai / p.nilai as bagian,
        case when t.nilai = round(t.nilai, 0) then 0 when t.nilai = round(t.nilai, 1) then 1 else 2 end as desimal,
    from angka as t
    inner join muat_aturan_rekonsiliasi as r on r.terbit = t.indikator and r.penyebut is not null
    inner join angka as b
        on b.indikator = r.bagian
        and b.rincian is not distinct from t.rincian
        and b.kode_wilayah = t.kode_wilayah
        and b.periode_mulai = t.periode_mulai
        and b.periode_akhir is not distinct from t.periode_akhir
    inner join angka as p
        on p.indikator = r.penyebut
        and p.rincian is null
        and p.kode_wilayah = t.kode_wilayah
        and p.periode_mulai = t.periode_mulai
        and p.periode_akhir is not distinct from t.periode_akhir
    where not b.is_versi and not p.is_versi and p.nilai <> 0
),

dinilai as (
    select
        *,
        abs(round(bagian, desimal) - nilai) < 0.000001 as is_cocok,
        abs(bagian - nilai) < power(10.0, -desimal) as is_dekat,
    from dibagi
),

dibaca as (
    select
        *,
        min(case when is_cocok then bacaan end) over (partition by id_terbit, aturan) as cocok_pada,
    from dinilai
),

banding as (
    select
        id_terbit,
        id_pembanding,
        aturan,
        bagian,
        case when is_cocok then 'cocok' when is_dekat then 'beda pembulatan' else 'bertentangan' end as keadaan,
        arti,
    from dibaca
    where cocok_pada is null or bacaan <= cocok_pada
)

select * from banding
