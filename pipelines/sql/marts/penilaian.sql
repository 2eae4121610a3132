-- satu baris per wilayah, tahun, skema, sumber dan versi; tahun tanpa baris berarti tidak ditemukan
with daftar as (
    select * from stg_penilaian
),

berversi as (
    select
        *,
        coalesce(versi = 'ya', false) as is_versi,
    from daftar
)

select * from berversi
