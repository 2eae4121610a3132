-- satu baris per kelompok dan lama (hari kalender sejak masuk): yang ditutup menurut hasil, dan yang masih terbuka pada per_tanggal
with hasil_alasan as (
    select
        istilah,
        hasil,
    from muat_alasan_tutup
),

nama_provinsi as (
    select distinct
        provinsi,
        nama_provinsi as nama,
    from wilayah
),

-- Tanpa tanggal tutup yang masuk akal tidak ada lamanya: tidak ikut.
berlama as (
    select
        case $kelompok
            when 'wilayah' then kode_wilayah
            when 'provinsi' then kode_provinsi
            when 'substansi' then substansi
            when 'instansi' then instansi_terlapor
            when 'klasifikasi' then klasifikasi
            when 'tahun' then cast(extract(year from tanggal_masuk) as varchar)
        end as kunci,
        coalesce(is_ditutup_pada, false) as is_selesai,
        alasan_tutup,
        case when is_ditutup_pada then tanggal_tutup else cast($per_tanggal as date) end - tanggal_masuk as hari,
    from (
        select
            *,
            tanggal_tutup <= $per_tanggal as is_ditutup_pada,
        from laporan_dipilih($per_tanggal, $sejak, $wilayah, $provinsi)
    ) as l
    where is_masuk and not is_ditutup_tanpa_tanggal and coalesce(tanggal_tutup >= tanggal_masuk, true)
),

dihitung as (
    select
        l.kunci,
        l.hari,
        count(*) filter (where l.is_selesai) as ditutup,
        count(*) filter (where not l.is_selesai) as disensor,
        count(*) filter (where l.is_selesai and a.hasil = 'terselesaikan') as terselesaikan,
        count(*) filter (where l.is_selesai and l.alasan_tutup is null) as tanpa_alasan,
    from berlama as l
    left join hasil_alasan as a on a.istilah = l.alasan_tutup
    group by l.kunci, l.hari
),

bernama as (
    select
        d.*,
        coalesce(n.nama, d.kunci, 'tidak disebut') as kelompok,
    from dihitung as d
    left join nama_provinsi as n on n.provinsi = d.kunci and $kelompok = 'provinsi'
)

select * from bernama
