-- satu baris per kabupaten/kota dan pemerintah provinsi; kosong bila tidak satu produk pun tercatat
with kepatuhan as (
    select
        w.kode_wilayah,
        w.nama,
        w.provinsi,
        p.jumlah,
        p.jatuh_tempo,
        p.dilaksanakan,
        p.terlambat,
        p.lewat,
        p.tanpa_status,
        p.tanpa_batas,
        100.0 * p.dilaksanakan / nullif(p.jatuh_tempo, 0) as persen_patuh,
    from wilayah as w
    left join patuh_pada($per_tanggal, $sejak) as p on p.kode_wilayah = w.kode_wilayah
    where (cast($wilayah as varchar) is null or w.kode_wilayah = cast($wilayah as varchar))
        and (cast($provinsi as varchar) is null or w.provinsi = cast($provinsi as varchar))
)

select * from kepatuhan
order by kode_wilayah
