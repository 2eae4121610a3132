-- satu baris per angka yang dipublikasikan; tiap versi satu baris, tidak pernah dijumlahkan
with angka as (
    select
        *,
        regexp_extract(catatan, 'sumber (S[0-9]+)', 1) as id_sumber,
    from muat_angka_publikasi
),

sumber as (
    select * from muat_sumber
),

menurut_id as (
    select
        id,
        keterangan,
    from sumber
),

bersumber as (
    select
        a.* exclude (id_sumber),
        coalesce(a.versi = 'ya', false) as is_versi,
        s.keterangan as sumber_judul,
    from angka as a
    left join menurut_id as s on s.id = a.id_sumber
)

select * from bersumber
