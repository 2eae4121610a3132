-- satu baris per pernyataan kerja sama yang instrumen atau tahapnya tidak ada di daftar
with tak_dikenal as (
    select
        k.id,
        k.instrumen,
        k.tahap_proses,
    from kerja_sama as k
    left join muat_instrumen as i on i.istilah = k.instrumen
    left join muat_tahap_kerja_sama as t on t.istilah = k.tahap_proses
    where i.istilah is null or (k.tahap_proses is not null and t.istilah is null)
)

select * from tak_dikenal
