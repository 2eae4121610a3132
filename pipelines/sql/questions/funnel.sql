-- satu baris per wilayah: pembilang dan penyebut ukuran yang dipilih; null di luar cakupan. Batasnya dihitung sesudahnya
with bagian as (
    select kode_wilayah, pembilang, penyebut from ind_persen_selesai($per_tanggal, $sejak)
    where $ukuran = 'persen_selesai'
    union all
    select kode_wilayah, pembilang, penyebut from ind_terbukti($per_tanggal, $sejak)
    where $ukuran = 'terbukti'
    union all
    select l.kode_wilayah, l.pembilang, t.pembilang from ind_lewat_tenggat($per_tanggal) as l
    inner join ind_terbuka($per_tanggal) as t on t.kode_wilayah = l.kode_wilayah
    where $ukuran = 'lewat_tenggat'
    union all
    -- Penduduk provinsi adalah penduduk kabupaten/kotanya: bukan penyebut pemerintah provinsi.
    select t.kode_wilayah, t.pembilang, case when not w.is_provinsi then t.penyebut end from ind_tingkat_100k($per_tanggal) as t
    inner join wilayah as w on w.kode_wilayah = t.kode_wilayah
    where $ukuran = 'tingkat'
),

dipilih as (
    select
        w.kode_wilayah,
        w.nama,
        b.pembilang,
        b.penyebut,
    from wilayah_dipilih($per_tanggal, null, $provinsi) as w
    inner join bagian as b on b.kode_wilayah = w.kode_wilayah
)

select * from dipilih
order by kode_wilayah
