-- satu baris per ambang sel kecil: hitungan 1 sampai nilai ini dikurangi satu disamarkan
with ambang as (
    select cast(nilai as integer) as nilai
    from muat_ambang
    where kode = 'sel_kecil'
)

select * from ambang
