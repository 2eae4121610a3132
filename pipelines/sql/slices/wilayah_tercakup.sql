-- satu baris per wilayah dan satu untuk wilayah tidak disebut (kode_wilayah null): tercakup pada per_tanggal atau tidak
with tercakup as (
    select distinct kunci
    from cakupan_lingkup
    where sejak <= $per_tanggal and sampai >= $per_tanggal
),

semua as (
    select
        l.*,
        t.kunci is not null as is_tercakup,
    from lingkup as l
    left join tercakup as t on t.kunci = l.kunci
)

select * from semua
