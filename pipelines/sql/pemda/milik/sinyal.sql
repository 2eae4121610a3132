-- satu baris per sinyal yang boleh dilihat satu wilayah tentang dirinya: tak satu pun tentang laporan
with milik as (
    select
        id,
        kode_wilayah,
        judul,
        nama,
        sejak,
        nilai,
        batas,
        satuan,
        urgensi,
        kalimat,
        arti,
        untuk_pemda,
    from sinyal
    where kode_wilayah = $wilayah and untuk_pemda = 'ya'
)

select * from milik
