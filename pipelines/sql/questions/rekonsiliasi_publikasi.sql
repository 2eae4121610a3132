-- satu baris per angka publikasi yang dapat dihitung ulang: angka yang dicetak di samping hitungan kita; dibandingkan, tidak diperbaiki
with dibandingkan as (
    select * from hitungan_publikasi($per_tanggal)
)

select * from dibandingkan
order by kode_wilayah, periode_mulai, indikator, id
