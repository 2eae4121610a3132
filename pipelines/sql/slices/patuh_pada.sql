-- satu baris per wilayah yang punya produk tercatat pada per_tanggal: yang terbit sejak, yang jatuh tempo, yang dilaksanakan
with produk_terbit as (
    select
        *,
        tanggal >= coalesce(cast($sejak as date), date '1900-01-01') as is_terbit,
    from produk_pada($per_tanggal)
),

hitungan as (
    select
        kode_wilayah,
        count(*) filter (where is_terbit) as jumlah,
        count(*) filter (where is_terbit and is_jatuh_tempo) as jatuh_tempo,
        count(*) filter (where is_terbit and is_jatuh_tempo and keadaan = 'dilaksanakan') as dilaksanakan,
        count(*) filter (where is_terbit and is_jatuh_tempo and keadaan = 'dilaksanakan' and is_terlambat) as terlambat,
        count(*) filter (where is_terbit and keadaan = 'lewat') as lewat,
        count(*) filter (where is_terbit and keadaan = 'tidak diketahui') as tanpa_status,
        count(*) filter (where is_terbit and batas_tindak_lanjut is null) as tanpa_batas,
    from produk_terbit
    group by kode_wilayah
)

select * from hitungan
