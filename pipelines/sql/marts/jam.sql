-- satu baris per laporan dan tenggat yang jamnya pernah mulai; lewat_pada = hari pertama yang melewati jumlahnya
with laporan_berjam as (
    select * from laporan
    where is_laporan and not is_ditutup_tanpa_tanggal
),

tenggat as (
    select * from muat_tenggat
    where jam_dari is not null
),

jam_laporan as (
    select
        t.kode,
        t.angka_utama,
        t.satuan,
        t.jumlah,
        l.kasus,
        l.kode_wilayah,
        case t.jam_dari
            when 'tanggal_masuk' then l.tanggal_masuk
            when 'tanggal_verifikasi' then l.tanggal_verifikasi
            when 'tanggal_pleno' then l.tanggal_pleno
            when 'tanggal_lhp' then l.tanggal_lhp
            when 'tanggal_resmon' then l.tanggal_resmon
        end as mulai,
        least(
            case when contains(t.jam_sampai, 'tanggal_verifikasi') then l.tanggal_verifikasi end,
            case when contains(t.jam_sampai, 'tanggal_pleno') then l.tanggal_pleno end,
            case when contains(t.jam_sampai, 'tanggal_lhp') then l.tanggal_lhp end,
            case when contains(t.jam_sampai, 'tanggal_resmon') then l.tanggal_resmon end,
            l.tanggal_tutup
        ) as selesai,
    from laporan_berjam as l
    cross join tenggat as t
    where (t.kesimpulan is null or l.kesimpulan_lhp is null or l.kesimpulan_lhp = t.kesimpulan)
        and (t.klasifikasi is null or l.klasifikasi = t.klasifikasi)
),

hari_kerja as (
    select
        hari_kerja_ke,
        tanggal,
    from kalender
    where is_hari_kerja
),

berbatas as (
    select
        j.kode,
        j.angka_utama,
        j.kasus,
        j.kode_wilayah,
        j.mulai,
        j.selesai,
        case j.satuan
            when 'hari kerja' then h.tanggal
            else j.mulai + cast(j.jumlah + 1 as integer)
        end as lewat_pada,
    from jam_laporan as j
    left join kalender as k on k.tanggal = j.mulai
    left join hari_kerja as h on h.hari_kerja_ke = k.hari_kerja_ke + j.jumlah + 1
    where j.mulai is not null
)

select * from berbatas
