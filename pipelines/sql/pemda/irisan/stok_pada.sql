-- satu baris per wilayah: terbuka dan lewat tenggat yang dirilis pada per_tanggal, dan tanda samarannya
with stok as (
    select
        w.kode_wilayah,
        case when w.is_tercakup then t.jumlah end as terbuka,
        case when w.is_tercakup then t.tanda end as tanda_terbuka,
        case when w.is_tercakup then l.jumlah end as lewat_tenggat,
        case when w.is_tercakup then l.tanda end as tanda_lewat_tenggat,
    from wilayah_tercakup($per_tanggal) as w
    left join stok as t
        on t.kode_wilayah = w.kode_wilayah and t.ukuran = 'terbuka' and t.per_tanggal = cast($per_tanggal as date)
    left join stok as l
        on l.kode_wilayah = w.kode_wilayah and l.ukuran = 'lewat_tenggat' and l.per_tanggal = cast($per_tanggal as date)
    where w.kode_wilayah is not null
)

select * from stok
