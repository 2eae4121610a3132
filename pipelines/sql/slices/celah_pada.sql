-- satu baris per wilayah: tiga tandanya pada per_tanggal, celahnya, siapa yang menyatakannya, dan apa yang bersanding
with tanda as (
    select * from tanda_pada($per_tanggal)
),

berdampingan as (
    select
        kode_wilayah,
        max(keadaan) filter (where tanda = 'payung') as payung,
        max(sejak) filter (where tanda = 'payung' and is_ditandatangani) as payung_sejak,
        max(berakhir) filter (where tanda = 'payung' and is_ditandatangani) as payung_berakhir,
        max(keadaan) filter (where tanda = 'pelaksanaan') as pelaksanaan,
        max(keadaan) filter (where tanda = 'jejaring') as jejaring,
        bool_or(konflik) as konflik,
        string_agg(tanda, ' | ' order by urutan_tanda) filter (
            where (tanda, keadaan) in (select tanda, keadaan from muat_celah where celah = 'ya')
        ) as celah,
        coalesce(
            max(id) filter (where tanda = 'payung'),
            max(id) filter (where tanda = 'pelaksanaan'),
            max(id) filter (where tanda = 'jejaring')
        ) as id_sumber,
        coalesce(bool_or(tanda = 'jejaring' and keadaan = 'ada'), false) as ada_jejaring,
    from tanda
    group by kode_wilayah
),

batas_daftar as (
    select
        nilai as bulan_tanggal,
    from muat_ambang
    where kode = 'batas_daftar'
),

celah as (
    select
        w.kode_wilayah,
        w.nama,
        w.provinsi,
        b.payung,
        b.payung_sejak,
        b.payung_berakhir,
        b.pelaksanaan,
        b.jejaring,
        case when b.ada_jejaring then o.jumlah_opd end as jumlah_opd,
        b.celah,
        t.target_tahun,
        cast(
            cast(coalesce(t.target_tahun - 1, extract(year from cast($per_tanggal as date))) as varchar) || '-' || d.bulan_tanggal as date
        ) as batas_daftar,
        batas_daftar - cast($per_tanggal as date) as hari_ke_batas,
        s.dinyatakan_oleh,
        s.sumber_judul,
        s.sumber_alamat,
        s.per_tanggal as per_tanggal_sumber,
        b.konflik,
        stok.terbuka,
        stok.lewat_tenggat,
        z.zona as zona_terakhir,
        nullif(concat_ws(
            ' ', 'terbuka=' || stok.tanda_terbuka, 'lewat_tenggat=' || stok.tanda_lewat_tenggat
        ), '') as samar,
    from wilayah as w
    inner join berdampingan as b on b.kode_wilayah = w.kode_wilayah
    cross join batas_daftar as d
    left join kerja_sama as s on s.id = b.id_sumber
    left join jumlah_opd_pada($per_tanggal) as o on o.kode_wilayah = w.kode_wilayah
    left join target_pada($per_tanggal) as t on t.kode_wilayah = w.kode_wilayah
    left join zona_pada($per_tanggal) as z on z.kode_wilayah = w.kode_wilayah
    inner join stok_pada($per_tanggal) as stok on stok.kode_wilayah = w.kode_wilayah
)

select * from celah
