-- satu baris per peringatan tentang satu wilayah: kerja sama, batas daftar rencana, dan kewajiban yang boleh dilihat wilayah itu
with peringatan as (
    select
        judul,
        nama,
        sejak,
        nilai,
        batas,
        satuan,
        urgensi,
        kalimat,
        arti,
        id,
    from sinyal
    where untuk_pemda = 'ya' and kode_wilayah = $wilayah
)

select * from peringatan
order by urgensi, sejak desc, id
