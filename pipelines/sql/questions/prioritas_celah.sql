-- satu baris per wilayah yang bercelah atau perlu dipastikan, menurut urutan faktor pada tabel prioritas_celah
with cakupan_terakhir as (
    select max(sampai) as sampai from cakupan
),

tren as (
    select
        kode_wilayah,
        count(*) as jumlah,
    from sinyal
    where starts_with(aturan, 'xmr') and sejak <= $per_tanggal
    group by kode_wilayah
),

meragukan as (
    select tanda, keadaan from muat_celah where celah = 'perlu dipastikan'
),

dinilai as (
    select
        c.*,
        case
            when c.celah is not null then 'celah dinyatakan'
            when c.payung = 'tidak diketahui' then 'payung tidak diketahui'
            when ('payung', c.payung) in (select * from meragukan) then 'payung perlu dipastikan'
            when ('pelaksanaan', c.pelaksanaan) in (select * from meragukan) then 'tanda lain perlu dipastikan'
            when ('jejaring', c.jejaring) in (select * from meragukan) then 'tanda lain perlu dipastikan'
        end as sifat,
        case
            when c.terbuka is not null and cast($per_tanggal as date) >= k.sampai then coalesce(t.jumlah, 0)
        end as sinyal_tren,
    from celah_pada($per_tanggal) as c
    cross join cakupan_terakhir as k
    left join tren as t on t.kode_wilayah = c.kode_wilayah
    where cast($provinsi as varchar) is null or c.provinsi = cast($provinsi as varchar)
),

wilayah_bercelah as (
    select * from dinilai
    where sifat is not null
),

tangga as (
    select
        urutan,
        faktor,
        nama,
        arah,
        unnest(string_split(ambang, '|')) as ambang,
        generate_subscripts(string_split(ambang, '|'), 1) as ke,
        len(string_split(ambang, '|')) as banyaknya,
    from muat_prioritas_celah
),

faktor_wilayah as (
    select
        w.kode_wilayah,
        t.*,
        case t.faktor when 'sifat' then w.sifat when 'penilaian' then w.zona_terakhir end as sebutan,
        case t.faktor
            when 'batas' then w.hari_ke_batas
            when 'target' then case when w.target_tahun is null then 0 else 1 end
            when 'lewat_tenggat' then w.lewat_tenggat
            when 'terbuka' then w.terbuka
            when 'sinyal_tren' then w.sinyal_tren
        end as jumlah,
    from wilayah_bercelah as w
    cross join tangga as t
),

-- Kelas lebih tinggi lebih dulu; nol: tidak satu ambang pun tercapai, atau nilainya tidak diketahui.
kelas_faktor as (
    select
        kode_wilayah,
        urutan,
        nama,
        coalesce(max(case
            when arah = 'urutan' and sebutan = ambang then 1 + banyaknya - ke
            when arah = 'banyak' and jumlah >= try_cast(ambang as bigint) then ke
            when arah = 'sedikit' and jumlah <= try_cast(ambang as bigint) then 1 + banyaknya - ke
        end), 0) as kelas,
    from faktor_wilayah
    group by kode_wilayah, urutan, nama
),

diurutkan as (
    select
        kode_wilayah,
        row_number() over (
            order by string_agg(cast(199 - kelas as varchar), '' order by urutan), kode_wilayah
        ) as urutan_wilayah,
    from kelas_faktor
    group by kode_wilayah
),

di_bawah as (
    select
        k.*,
        d.urutan_wilayah,
        lag(k.kelas) over (partition by k.urutan order by d.urutan_wilayah) as kelas_di_atas,
    from kelas_faktor as k
    inner join diurutkan as d on d.kode_wilayah = k.kode_wilayah
),

prioritas as (
    select
        w.*,
        b.urutan_wilayah as urutan,
        case when b.urutan_wilayah > 1 then coalesce(b.pembeda, 'seri, menurut kode') end as pembeda,
    from wilayah_bercelah as w
    inner join (
        select kode_wilayah, urutan_wilayah, arg_min(nama, urutan) filter (where kelas <> kelas_di_atas) as pembeda
        from di_bawah
        group by kode_wilayah, urutan_wilayah
    ) as b on b.kode_wilayah = w.kode_wilayah
)

select * from prioritas
order by urutan
