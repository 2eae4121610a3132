-- satu baris per provinsi (semua wilayah di dalamnya), satu untuk wilayah tidak disebut, satu untuk semuanya
with per_wilayah as (
    select
        w.kode_wilayah,
        w.provinsi,
        w.is_tercakup,
        masuk.pembilang as masuk,
        ditutup.pembilang as ditutup,
        terbuka.pembilang as terbuka,
        tanpa.pembilang as ditutup_tanpa_tanggal,
        lewat.pembilang as lewat_tenggat,
        kohort.penyebut as kohort,
        kohort.pembilang as kohort_selesai,
        tingkat.pembilang as masuk_setahun,
    from wilayah_tercakup($per_tanggal) as w
    inner join ind_masuk($per_tanggal, $sejak) as masuk on masuk.kode_wilayah is not distinct from w.kode_wilayah
    inner join ind_ditutup($per_tanggal, $sejak) as ditutup on ditutup.kode_wilayah is not distinct from w.kode_wilayah
    inner join ind_terbuka($per_tanggal) as terbuka on terbuka.kode_wilayah is not distinct from w.kode_wilayah
    inner join ind_ditutup_tanpa_tanggal($per_tanggal) as tanpa on tanpa.kode_wilayah is not distinct from w.kode_wilayah
    inner join ind_lewat_tenggat($per_tanggal) as lewat on lewat.kode_wilayah is not distinct from w.kode_wilayah
    inner join ind_persen_selesai($per_tanggal, $sejak) as kohort on kohort.kode_wilayah is not distinct from w.kode_wilayah
    inner join ind_tingkat_100k($per_tanggal) as tingkat on tingkat.kode_wilayah is not distinct from w.kode_wilayah
),

-- Tiap wilayah masuk ke provinsinya dan ke baris 'semua'.
berkelompok as (
    select provinsi as kode_provinsi, * from per_wilayah
    union all
    select 'semua' as kode_provinsi, * from per_wilayah
),

-- Satu peristiwa yang meliputi beberapa wilayah dihitung sekali di provinsinya.
peristiwa_provinsi as (
    select
        g.kode_provinsi,
        count(distinct l.peristiwa) + count(*) filter (where l.peristiwa is null) as peristiwa,
    from laporan_dipilih($per_tanggal, $sejak, null, null) as l
    inner join (
        select distinct kode_provinsi, kode_wilayah from berkelompok
    ) as g on g.kode_wilayah is not distinct from l.kode_wilayah
    where l.is_masuk
    group by g.kode_provinsi
),

penduduk_provinsi as (
    select
        provinsi as kode_provinsi,
        nama_provinsi as nama,
        penduduk,
    from wilayah
    where is_provinsi
    union all
    select
        'semua' as kode_provinsi,
        'Semua provinsi' as nama,
        sum(w.penduduk) as penduduk,
    from wilayah as w
    inner join provinsi_tercakup($per_tanggal) as t on t.kode_provinsi = w.provinsi
    where w.is_provinsi
),

dijumlah as (
    select
        kode_provinsi,
        max(case when is_tercakup then 1 else 0 end) = 1 as is_tercakup,
        sum(masuk) as masuk,
        sum(ditutup) as ditutup,
        sum(terbuka) as terbuka,
        sum(ditutup_tanpa_tanggal) as ditutup_tanpa_tanggal,
        sum(lewat_tenggat) as lewat_tenggat,
        sum(kohort) as kohort,
        sum(kohort_selesai) as kohort_selesai,
        sum(masuk_setahun) as masuk_setahun,
    from berkelompok
    group by kode_provinsi
),

ringkasan as (
    select
        d.* exclude (is_tercakup),
        coalesce(p.nama, 'wilayah tidak disebut') as nama,
        case when d.kode_provinsi is null then 2 when p.kode_provinsi = 'semua' then 3 else 1 end as urutan,
        100.0 * d.kohort_selesai / nullif(d.kohort, 0) as persen_selesai,
        p.penduduk,
        100000.0 * d.masuk_setahun / p.penduduk as tingkat_100k,
        case when d.is_tercakup then coalesce(i.peristiwa, 0) end as peristiwa,
    from dijumlah as d
    left join penduduk_provinsi as p on p.kode_provinsi = d.kode_provinsi
    left join peristiwa_provinsi as i on i.kode_provinsi is not distinct from d.kode_provinsi
)

select * from ringkasan
order by urutan, kode_provinsi
