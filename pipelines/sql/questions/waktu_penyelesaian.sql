-- satu baris per kelompok dan lama: laporan yang ditutup dan yang masih terbuka; kurvanya dihitung sesudahnya
select kelompok, hari, ditutup, disensor from lama_kelompok($per_tanggal, $sejak, $wilayah, $provinsi, $kelompok)
order by kelompok, hari
