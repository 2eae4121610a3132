-- satu baris per produk pengawasan yang batas tindak lanjutnya lewat: yang belum tuntas, dan yang statusnya tidak dinyatakan
with terbuka as (
    select * from produk_pada($per_tanggal)
    where keadaan in ('lewat', 'tidak diketahui')
),

sinyal as (
    select
        case p.keadaan when 'lewat' then 'kewajiban_lewat' else 'kewajiban_tanpa_status' end as aturan,
        p.nomor as pokok,
        cast(p.batas_tindak_lanjut as varchar) as periode,
        p.batas_tindak_lanjut + 1 as sejak,
        cast($per_tanggal as date) - p.batas_tindak_lanjut as nilai,
        0 as batas,
        p.kode_wilayah,
        w.provinsi as kode_provinsi,
        w.nama,
        p.jenis || ' ' || p.nomor as hal,
        p.batas_tindak_lanjut as pada,
    from terbuka as p
    inner join wilayah as w on w.kode_wilayah = p.kode_wilayah
)

select * from sinyal
