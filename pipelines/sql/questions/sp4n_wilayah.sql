-- satu baris per kabupaten/kota dan pemerintah provinsi, dan satu untuk wilayah tidak disebut; null bila tidak diliput ekspor
with terpilih as (
    select
        coalesce(kode_wilayah, '') as kunci,
        count(*) as jumlah,
    from sp4n_pada($per_tanggal, $sejak, $wilayah, $provinsi)
    group by coalesce(kode_wilayah, '')
),

diliput as (
    select distinct coalesce(kode_wilayah, '') as kunci
    from cakupan_sp4n
    where sejak <= $per_tanggal and sampai >= coalesce(cast($sejak as date), date '1900-01-01')
        and (cast($provinsi as varchar) is null or provinsi = cast($provinsi as varchar))
),

per_wilayah as (
    select
        l.kode_wilayah,
        l.nama,
        l.provinsi,
        case when d.kunci is not null then coalesce(t.jumlah, 0) end as jumlah,
        sum(t.jumlah) over () as penyebut,
        100.0 * t.jumlah / sum(t.jumlah) over () as persen,
    from lingkup as l
    left join diliput as d on d.kunci = l.kunci
    left join terpilih as t on t.kunci = l.kunci
    where (cast($wilayah as varchar) is null or l.kode_wilayah = cast($wilayah as varchar))
        and (cast($provinsi as varchar) is null or l.provinsi = cast($provinsi as varchar) or l.kunci = '')
)

select * from per_wilayah
order by kode_wilayah nulls last
