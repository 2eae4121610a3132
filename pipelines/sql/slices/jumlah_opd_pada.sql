-- satu baris per wilayah: jumlah OPD narahubung pada per_tanggal, dari angka yang dinyatakan atau nama OPD yang terdaftar
with komitmen as (
    select * from narahubung
    where tanggal_komitmen <= $per_tanggal
),

dinyatakan as (
    select
        kode_wilayah,
        tanggal,
        jumlah,
        row_number() over (partition by kode_wilayah order by tanggal desc, jumlah desc) as ke,
    from (
        select kode_wilayah, tanggal_komitmen as tanggal, jumlah_opd as jumlah from komitmen
        union all
        select kode_wilayah, tanggal, jumlah_opd from pernyataan_tanda
        where tanda = 'jejaring' and keadaan = 'ditandatangani' and tanggal <= $per_tanggal
    ) as angka
    where jumlah is not null
),

terdaftar as (
    select
        kode_wilayah,
        max(tanggal_komitmen) as tanggal,
        count(distinct opd) as jumlah,
    from komitmen
    where opd is not null
    group by kode_wilayah
),

jumlah_opd as (
    select
        w.kode_wilayah,
        case
            when t.tanggal > coalesce(d.tanggal, date '1900-01-01') then greatest(t.jumlah, coalesce(d.jumlah, 0))
            else d.jumlah
        end as jumlah_opd,
    from wilayah as w
    left join dinyatakan as d on d.kode_wilayah = w.kode_wilayah and d.ke = 1
    left join terdaftar as t on t.kode_wilayah = w.kode_wilayah
)

select * from jumlah_opd
