-- satu baris per produk pengawasan kepada satu wilayah: yang lewat lebih dulu, lalu menurut batasnya
with kewajiban as (
    select
        p.*,
        w.nama,
        case p.keadaan
            when 'lewat' then 1
            when 'tidak diketahui' then 2
            when 'berjalan' then 3
            when 'tanpa batas waktu' then 4
            when 'tidak dilaksanakan' then 5
            else 6
        end as urutan_keadaan,
    from produk_pada($per_tanggal) as p
    inner join wilayah as w on w.kode_wilayah = p.kode_wilayah
    where p.kode_wilayah = $wilayah
)

select * from kewajiban
order by urutan_keadaan, batas_tindak_lanjut nulls last, tanggal, nomor
