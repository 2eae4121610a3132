-- satu baris per provinsi yang diliput batch laporan: masa yang dinilai
select kode_provinsi, sejak, sampai from masa_cakupan()
order by kode_provinsi
