-- satu baris per kegiatan (id)
with daftar as (
    select * from stg_kegiatan
),

berversi as (
    select
        *,
        versi_dari is not null as is_versi,
    from daftar
)

select * from berversi
