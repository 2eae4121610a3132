-- satu baris per baris ekspor SP4N-LAPOR! dari batch yang berlaku; urutan_batch = urutan berkas menurut (per_tanggal, unggahan)
select
    *,
    cast(file_index + 1 as integer) as urutan_batch,
from read_parquet(getvariable('berkas_sp4n'), union_by_name = true)
