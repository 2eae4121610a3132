-- satu baris per laporan terbuka pada per_tanggal: tahapnya saat itu, dari pernyataan atau tanggal tahap yang terakhir
with terbuka as (
    select * from laporan_dipilih($per_tanggal, null, $wilayah, $provinsi)
    where is_terbuka
),

nama_tahap as (
    select
        max(istilah) filter (where tanggal_dicapai = 'tanggal_masuk') as registrasi,
        max(istilah) filter (where tanggal_dicapai = 'tanggal_verifikasi') as verifikasi,
        max(istilah) filter (where tanggal_dicapai = 'tanggal_pleno') as sesudah_pleno,
        max(istilah) filter (where tanggal_dicapai = 'tanggal_lhp') as lhp,
        max(istilah) filter (where tanggal_dicapai = 'tanggal_resmon') as resmon,
    from muat_tahap
),

-- Yang dinyatakan berlaku sejak per_tanggal batchnya; sebelum itu hanya tanggal tahap yang dipercaya.
bertanggal as (
    select
        l.kasus,
        l.tanggal_masuk,
        l.tahap,
        case when t.urutan is not null and l.tahap_per_tanggal <= $per_tanggal then l.tahap_per_tanggal end as dinyatakan,
        case when l.tanggal_verifikasi <= $per_tanggal then l.tanggal_verifikasi end as verifikasi,
        case when l.tanggal_pleno <= $per_tanggal then l.tanggal_pleno end as pleno,
        case when l.tanggal_lhp <= $per_tanggal then l.tanggal_lhp end as lhp,
        case when l.tanggal_resmon <= $per_tanggal then l.tanggal_resmon end as resmon,
        coalesce(l.tanggal_verifikasi, l.tanggal_pleno, l.tanggal_lhp, l.tanggal_resmon) as tanggal_tahap,
    from terbuka as l
    left join muat_tahap as t on t.istilah = l.tahap
),

terakhir as (
    select
        *,
        greatest(dinyatakan, verifikasi, pleno, lhp, resmon) as tanggal_terakhir,
    from bertanggal
),

-- Registrasi bila tahap berikutnya baru bertanggal sesudah per_tanggal, atau Registrasi itu sendiri dinyatakan kemudian.
bernama as (
    select
        l.kasus,
        l.tanggal_masuk,
        case
            when l.dinyatakan = l.tanggal_terakhir then l.tahap
            when l.resmon = l.tanggal_terakhir then n.resmon
            when l.lhp = l.tanggal_terakhir then n.lhp
            when l.pleno = l.tanggal_terakhir then n.sesudah_pleno
            when l.verifikasi = l.tanggal_terakhir then n.verifikasi
            when l.tanggal_tahap is not null or l.tahap = n.registrasi then n.registrasi
        end as tahap,
    from terakhir as l
    cross join nama_tahap as n
),

bertahap as (
    select
        b.kasus,
        b.tanggal_masuk,
        coalesce(b.tahap, 'tidak disebut') as tahap,
        t.urutan as urutan_tahap,
    from bernama as b
    left join muat_tahap as t on t.istilah = b.tahap
)

select * from bertahap
