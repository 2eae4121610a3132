-- satu baris per pasangan angka terbit: nilai yang disebut dua kali, nilai yang sama untuk dua masa, definisi yang berdampingan
with ambang as (
    select
        cast(max(case when kode = 'masa_terbit_sama' then nilai end) as integer) as hari,
        cast(max(case when kode = 'nilai_kebetulan_sama' then nilai end) as integer) as kebetulan,
    from muat_ambang
),

-- Yang bukan versi lebih dulu: ia yang terbit, yang lain pembandingnya.
angka as (
    select
        *,
        row_number() over (order by is_versi, id) as ke,
    from angka_publikasi_bersumber
    where nilai is not null and periode_mulai is not null
),

-- Satu masa: mulai sama, dan akhirnya sama, tidak disebut, atau berselisih beberapa hari saja.
sepasang as (
    select
        a.id as id_terbit,
        b.id as id_pembanding,
        a.indikator,
        b.indikator as indikator_lain,
        a.rincian,
        b.rincian as rincian_lain,
        a.satuan,
        a.nilai,
        b.nilai as bagian,
        a.ke,
        b.ke as ke_lain,
        a.periode_mulai = b.periode_mulai
        and (
            a.periode_akhir is null or b.periode_akhir is null
            or abs(date_diff('day', a.periode_akhir, b.periode_akhir)) <= m.hari
        ) as is_satu_masa,
        a.periode_mulai = b.periode_mulai and a.periode_akhir is not distinct from b.periode_akhir as is_masa_sama,
        a.periode_mulai > b.periode_akhir or b.periode_mulai > a.periode_akhir as is_terpisah,
        a.nilai >= m.kebetulan or a.nilai <> round(a.nilai, 0) as is_khas,
    from angka as a
    cross join ambang as m
    inner join angka as b on b.kode_wilayah = a.kode_wilayah and b.id <> a.id
),

disebut_dua_kali as (
    select
        *,
        case when nilai = bagian and not is_masa_sama then 'nilai_sama_masa_lain' else 'publikasi_lain' end as aturan,
        case
            when nilai = bagian and is_masa_sama then 'cocok'
            when nilai = bagian then 'masa bertentangan'
            when is_masa_sama then 'bertentangan'
            else 'batas data berbeda'
        end as keadaan,
    from sepasang
    where ke < ke_lain
        and indikator = indikator_lain
        and rincian is not distinct from rincian_lain
        and (is_satu_masa or (is_terpisah and nilai = bagian and is_khas and satuan <> 'persen'))
),

banding as (
    select
        d.id_terbit,
        d.id_pembanding,
        d.aturan,
        d.bagian,
        d.keadaan,
        r.arti,
    from disebut_dua_kali as d
    inner join muat_aturan_rekonsiliasi as r on r.aturan = d.aturan
    union all
    select
        s.id_terbit,
        s.id_pembanding,
        r.aturan,
        s.bagian,
        case when s.nilai = s.bagian then 'cocok' else 'definisi berbeda' end as keadaan,
        r.arti,
    from sepasang as s
    inner join muat_aturan_rekonsiliasi as r
        on r.aturan = 'definisi'
        and r.terbit = s.indikator
        and r.bagian = s.indikator_lain
        and r.rincian is not distinct from s.rincian_lain
    where s.is_satu_masa and s.rincian is null
)

select * from banding
