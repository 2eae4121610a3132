-- satu baris per baris laporan dari batch yang berlaku; urutan_batch = urutan berkas menurut (per_tanggal, unggahan)
select
    *,
    cast(file_index + 1 as integer) as urutan_batch,
from read_parquet(getvariable('berkas_laporan'), union_by_name = true)
