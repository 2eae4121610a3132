-- satu baris per wilayah dan tanda (payung, pelaksanaan, jejaring): keadaannya pada per_tanggal dan pernyataan yang menentukannya
with ambang_akhir as (
    select max(cast(trim(hari) as integer)) as hari
    from (select unnest(string_split(nilai, '|')) as hari from muat_ambang where kode = 'segera_berakhir') as nilai_ambang
),

diketahui as (
    select
        *,
        keadaan = 'ditandatangani'
            and coalesce(berakhir >= $per_tanggal, true)
            and coalesce(dinyatakan_berakhir > $per_tanggal, true) as is_berlaku,
        keadaan = 'ditandatangani' as is_ditandatangani,
    from pernyataan_tanda
    where tanggal <= $per_tanggal
        and (keadaan <> 'ditandatangani' or coalesce(digantikan_sejak > $per_tanggal, true))
        and (tanda <> 'jejaring' or keadaan <> 'dalam proses')
),

bernama as (
    select
        d.*,
        case
            when not d.is_ditandatangani then d.keadaan
            when not d.is_berlaku then 'berakhir'
            when d.tanda = 'jejaring' then 'ada'
            when d.is_tanpa_batas then 'berlaku'
            when d.berakhir is null then 'masa berlaku belum diketahui'
            when d.berakhir - $per_tanggal <= a.hari then 'segera berakhir'
            else 'berlaku'
        end as keadaan_tanda,
        max(case when d.is_ditandatangani then 1 else 0 end) over (partition by d.kode_wilayah, d.tanda) = 1 as ada_tanda_tangan,
        max(case when d.keadaan = 'belum ada' then d.tanggal end) over (partition by d.kode_wilayah, d.tanda) as belum_ada_pada,
    from diketahui as d
    cross join ambang_akhir as a
),

-- Yang berlaku mengalahkan semua; tanda tangan mengalahkan "belum ada"; selebihnya yang terbaru.
diurutkan as (
    select
        *,
        row_number() over (
            partition by kode_wilayah, tanda
            order by
                is_berlaku desc,
                (keadaan = 'belum ada' and ada_tanda_tangan),
                tanggal desc,
                case keadaan when 'dalam proses' then 1 when 'ditandatangani' then 2 else 3 end,
                id
        ) as ke,
    from bernama
),

penentu as (
    select * from diurutkan
    where ke = 1
),

kisi as (
    select
        w.kode_wilayah,
        w.nama,
        w.provinsi,
        t.tanda,
        t.urutan_tanda,
    from wilayah as w
    cross join (values ('payung', 1), ('pelaksanaan', 2), ('jejaring', 3)) as t (tanda, urutan_tanda)
),

ditandai as (
    select
        k.kode_wilayah,
        k.nama,
        k.provinsi,
        k.tanda,
        k.urutan_tanda,
        coalesce(p.keadaan_tanda, 'tidak diketahui') as keadaan,
        p.id,
        p.tanggal as sejak,
        p.berakhir,
        coalesce(p.is_berlaku, false) as is_berlaku,
        coalesce(p.is_ditandatangani, false) as is_ditandatangani,
        coalesce(p.is_ditandatangani and p.dibantah_sejak <= $per_tanggal, false)
            or coalesce(p.is_berlaku and p.belum_ada_pada > p.tanggal, false) as konflik,
    from kisi as k
    left join penentu as p on p.kode_wilayah = k.kode_wilayah and p.tanda = k.tanda
)

select * from ditandai
