-- satu baris per tenggat terverifikasi, wilayah, dan bulan terlewatinya, selama ada laporan yang masih lewat
with acuan as (
    select
        l.kode_wilayah,
        l.nama,
        l.provinsi as kode_provinsi,
        max(c.sampai) as pada,
    from lingkup as l
    inner join cakupan_lingkup as c on c.kunci = l.kunci
    group by l.kode_wilayah, l.nama, l.provinsi
),

lewat as (
    select
        j.kode,
        j.kasus,
        j.mulai,
        j.lewat_pada,
        cast(date_trunc('month', j.lewat_pada) as date) as bulan,
        a.*,
        row_number() over (
            partition by j.kode, a.kode_wilayah, date_trunc('month', j.lewat_pada)
            order by j.lewat_pada, j.kasus
        ) as ke,
    from jam as j
    inner join acuan as a on a.kode_wilayah is not distinct from j.kode_wilayah
    where j.angka_utama = 'ya' and j.lewat_pada <= a.pada and (j.selesai is null or j.selesai > a.pada)
),

dijumlah as (
    select
        kode,
        kode_wilayah,
        kode_provinsi,
        nama,
        bulan,
        pada,
        count(*) as jumlah,
        min(mulai) as mulai,
        min(lewat_pada) as sejak,
        string_agg(kasus, ', ' order by ke) filter (where ke <= 5) as kasus,
    from lewat
    group by kode, kode_wilayah, kode_provinsi, nama, bulan, pada
),

sinyal as (
    select
        'lewat_tenggat' as aturan,
        coalesce(d.kode_wilayah, 'tidak disebut') || ':' || d.kode as pokok,
        substr(cast(d.bulan as varchar), 1, 7) as periode,
        d.sejak,
        case t.satuan
            when 'hari kerja' then akhir.hari_kerja_ke - awal.hari_kerja_ke
            else d.pada - d.mulai
        end as nilai,
        t.jumlah as batas,
        d.kode_wilayah,
        d.kode_provinsi,
        d.nama,
        d.jumlah,
        t.jumlah || ' ' || t.satuan || ' tahap ' || t.tahap || ' (penanggung: ' || t.penanggung || ')' as hal,
        d.kasus,
        t.satuan,
    from dijumlah as d
    inner join muat_tenggat as t on t.kode = d.kode
    inner join kalender as awal on awal.tanggal = d.mulai
    inner join kalender as akhir on akhir.tanggal = d.pada
)

select * from sinyal
