-- satu baris per angka publikasi yang dapat dihitung ulang: angka yang dicetak di samping hitungan kita; dibandingkan, tidak diperbaiki
with angka as (
    select * from angka_publikasi_bersumber
    where rincian is null and periode_mulai is not null and periode_akhir is not null
        and indikator in (
            'akses_total', 'laporan_masyarakat', 'respon_cepat', 'konsultasi_non_laporan', 'tembusan',
            'laporan_selesai', 'laporan_ditutup'
        )
),

tipe_indikator as (
    select * from (
        values
        ('laporan_masyarakat', 'LM'), ('respon_cepat', 'RCO'), ('konsultasi_non_laporan', 'KNL'), ('tembusan', 'Tembusan')
    ) as v (indikator, tipe_laporan)
),

-- Kode provinsi di daftar ini berarti seluruh daerahnya, bukan pemerintah provinsinya.
daerah as (
    select
        a.id,
        w.kode_wilayah,
        w.provinsi,
    from angka as a
    inner join wilayah as w on w.kode_wilayah = a.kode_wilayah or w.provinsi = a.kode_wilayah
),

bulan_diperlukan as (
    select
        a.id,
        d.provinsi,
        k.bulan,
        max(
            case
                when c.sejak <= k.akhir_bulan and c.sampai >= least(k.akhir_bulan, a.periode_akhir) then 1
                else 0
            end
        ) as is_tercakup,
    from angka as a
    inner join (select distinct id, provinsi from daerah) as d on d.id = a.id
    inner join kalender as k on k.tanggal = k.bulan and k.tanggal between date_trunc('month', a.periode_mulai) and a.periode_akhir
    left join cakupan as c on c.kode_provinsi = d.provinsi
    where a.periode_akhir <= $per_tanggal
    group by a.id, d.provinsi, k.bulan
),

tercakup as (
    select id
    from bulan_diperlukan
    group by id
    having min(is_tercakup) = 1
),

akses as (
    select
        a.id,
        sum(h.jumlah) as jumlah,
    from angka as a
    inner join daerah as d on d.id = a.id
    inner join akses_harian as h
        on h.kode_wilayah = d.kode_wilayah and h.tanggal between a.periode_mulai and a.periode_akhir
    left join tipe_indikator as t on t.indikator = a.indikator
    where a.indikator not in ('laporan_selesai', 'laporan_ditutup')
        and (t.tipe_laporan is null or t.tipe_laporan = h.tipe_laporan)
    group by a.id
),

penutupan as (
    select
        a.id,
        sum(h.ditutup) as jumlah,
    from angka as a
    inner join daerah as d on d.id = a.id
    inner join harian as h on h.kode_wilayah = d.kode_wilayah and h.tanggal between a.periode_mulai and a.periode_akhir
    where a.indikator in ('laporan_selesai', 'laporan_ditutup')
    group by a.id
),

dibandingkan as (
    select
        a.*,
        case when t.id is not null then coalesce(k.jumlah, p.jumlah, 0) end as hitungan_kita,
        hitungan_kita - a.nilai as selisih,
    from angka as a
    left join tercakup as t on t.id = a.id
    left join akses as k on k.id = a.id
    left join penutupan as p on p.id = a.id
)

select * from dibandingkan
